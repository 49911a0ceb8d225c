# Everything a person does here. `start.py` first brings both environments to their locks.
PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: help run test train talk check policy report rehearse bench

help:  ## this list
	@sed -n 's/^\([a-z]*\):  ## /  make \1\t/p' Makefile | expand -t 16

run:  ## start Amends and print its address; sets up whatever is missing
	@exec $(PYTHON) start.py run

test:  ## every test, the browser's and the running house's too
	@exec $(PYTHON) start.py test

train:  ## teach the assistant data/ and domain.yml again (run does it when they changed)
	@exec $(PYTHON) start.py train

talk:  ## complain in this terminal; needs `make run` in another
	@exec $(PYTHON) start.py talk

check:  ## style, names that must fit, and the tests that need no house and no browser
	@exec $(PYTHON) start.py check

policy:  ## check policy.yml and say in plain words what each customer would be offered
	@exec $(PYTHON) start.py policy

report:  ## how promises were kept and what went wrong, in the last 30 days
	@exec $(PYTHON) start.py report

rehearse:  ## role play: many customers talk to the running house; prints what went wrong
	@exec $(PYTHON) start.py rehearse

bench:  ## how well and how fast, beside a stock Rasa; takes hours the first time, log in var/log
	@exec $(PYTHON) start.py bench
