"""all-MiniLM-L6-v2 as an ONNX graph: six layers, written once from the published weights.

One text at a time and never padded, so the graph needs no attention mask, and what a sentence
means never depends on which other sentences were read beside it.
Layout of the layers: Devlin et al. 2018 (BERT); pooling: Reimers & Gurevych 2019 (mean of tokens).
Beside the last layer's mean stands that of the fourth: the last keeps what a text is about, the
middle still knows how it is put (a question, a wish, a complaint in the same words).
"""

import os
import tempfile
from pathlib import Path

import numpy as np

LAYERS = 6
MIDDLE = 3  # counted from 0
HEADS = 12
WIDTH = 384
LAYER_NORM_EPSILON = 1e-12
OPSET = 20  # the first with Gelu
CONTRIBUTED = "com.microsoft"  # operators of ONNX Runtime's own


def write_graph(weights_file: Path, graph_file: Path) -> None:
    """Write the encoder with 8-bit weights to `graph_file`, whole or not at all.

    8 bits cost nothing measurable in accuracy (design.md) and a quarter of the memory.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from safetensors.numpy import load_file

    graph_file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=graph_file.parent) as scratch:
        exact, small = Path(scratch, "exact.onnx"), Path(scratch, "small.onnx")
        onnx.save(_encoder(load_file(weights_file)), exact)
        quantize_dynamic(
            exact,
            small,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather", "Attention"],
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
        # Two processes may write at the same time on a first start; each moves a finished file.
        os.replace(small, graph_file)


def session(graph: Path | bytes):
    """A graph ready to be run, from its file or as it is kept in a model.

    On one thread: the machine also runs the front door, the actions and the desk.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        graph if isinstance(graph, bytes) else str(graph),
        options,
        providers=["CPUExecutionProvider"],
    )


def _encoder(weights: dict[str, np.ndarray]):
    """The whole model: token ids (1, n) in; out what it means and how it is put, each of length 1."""
    from onnx import TensorProto, checker, helper

    net = _Net(weights)
    tokens = net.op("Gather", ["embeddings.word_embeddings.weight", "token_ids"])
    # Every token is of the first segment: its embedding is part of the position's.
    places = net.constant(
        weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    length = net.op("Shape", ["token_ids"], start=1, end=2)
    places = net.op("Slice", [places, net.integers(0), length, net.integers(0)])
    hidden = net.normalised(net.op("Add", [tokens, places]), "embeddings.LayerNorm")
    for number in range(LAYERS):
        hidden = net.layer(hidden, f"encoder.layer.{number}")
        if number == MIDDLE:
            middle = net.pooled(hidden)
    net.op("Concat", [net.pooled(hidden), middle], axis=1, output="vectors")

    graph = helper.make_graph(
        net.nodes,
        "all-MiniLM-L6-v2",
        [helper.make_tensor_value_info("token_ids", TensorProto.INT64, [1, "length"])],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [1, 2 * WIDTH])],
        net.stored,
    )
    known = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIBUTED, 1)]
    model = helper.make_model(graph, opset_imports=known, ir_version=9)
    checker.check_model(model)
    return model


class _Net:
    """Collects nodes and weights while the model is written down from top to bottom."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights = weights
        self.nodes: list = []
        self.stored: list = []
        self._known: set[str] = set()

    def layer(self, hidden: str, name: str) -> str:
        """One transformer layer: attention, then two dense steps, each added to what came in."""
        attended = self.dense(
            self._attention(hidden, f"{name}.attention.self"), f"{name}.attention.output.dense"
        )
        hidden = self.normalised(
            self.op("Add", [attended, hidden]), f"{name}.attention.output.LayerNorm"
        )
        wide = self.op("Gelu", [self.dense(hidden, f"{name}.intermediate.dense")])
        narrow = self.dense(wide, f"{name}.output.dense")
        return self.normalised(self.op("Add", [narrow, hidden]), f"{name}.output.LayerNorm")

    def pooled(self, hidden: str) -> str:
        """The mean of all tokens, at length 1."""
        mean = self.op("ReduceMean", [hidden, self.integers(1)], keepdims=0)
        return self.op("LpNormalization", [mean], axis=1, p=2)

    def _attention(self, hidden: str, name: str) -> str:
        """Query, key and value in one step; ONNX Runtime has it as one operator."""
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([self.weights[f"{part}.weight"].T for part in parts], axis=1)
        bias = np.concatenate([self.weights[f"{part}.bias"] for part in parts])
        entered = [hidden, self.constant(np.ascontiguousarray(weight)), self.constant(bias)]
        return self.op("Attention", entered, domain=CONTRIBUTED, num_heads=HEADS)

    def dense(self, entered: str, name: str) -> str:
        weight = self.constant(np.ascontiguousarray(self.weights[f"{name}.weight"].T))
        return self.op("Add", [self.op("MatMul", [entered, weight]), f"{name}.bias"])

    def normalised(self, entered: str, name: str) -> str:
        parts = [entered, f"{name}.weight", f"{name}.bias"]
        return self.op("LayerNormalization", parts, axis=-1, epsilon=LAYER_NORM_EPSILON)

    def integers(self, *numbers: int) -> str:
        return self.constant(np.array(numbers, dtype=np.int64))

    def constant(self, array: np.ndarray) -> str:
        return self._store(f"constant_{len(self.stored)}", array)

    def op(self, kind: str, entered: list[str], output: str = "", **attributes) -> str:
        from onnx import helper

        for name in entered:
            if name in self.weights and name not in self._known:
                self._store(name, self.weights[name])
        output = output or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, entered, [output], name=output, **attributes))
        return output

    def _store(self, name: str, array: np.ndarray) -> str:
        from onnx import numpy_helper

        self._known.add(name)
        self.stored.append(numpy_helper.from_array(array, name))
        return name
