"""What the assistant does: slots in, one verb of the casebook, words out.

rasa_sdk imports every module here; nothing but actions may live in this folder.
"""
