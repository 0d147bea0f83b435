"""Runs a plan that is given as JSON, as a program that knows nothing of irmem would: arrays lie in one block of
memory where the plan puts them, ops run in any order that their "after" allows. Compares the outputs with the
interpreter's.

usage: execute.py IRMEM-OPT IRMEM-RUN GRAPH.mtx PROGRAM PASSES...
"""

import json
import math
import os
import random
import subprocess
import sys
import tempfile

FORMATS = {"f64": "d", "f32": "f", "i64": "q", "i32": "i", "i1": "B"}
ORDERS = 16
BYTES = {"f64": 8, "f32": 4, "i64": 8, "i32": 4, "i1": 1}


class Graph:
    """An undirected graph: its edges, and of each node the neighbours and the edges to them."""

    def __init__(self, path):
        lines = [line.split() for line in open(path) if not line.startswith("%")]
        self.nodes, self.edges = int(lines[0][0]), int(lines[0][2])
        self.ends = [(int(line[0]) - 1, int(line[1]) - 1) for line in lines[1:]]
        self.neighbours = [[] for _ in range(self.nodes)]
        self.incident = [[] for _ in range(self.nodes)]
        for edge, (source, target) in enumerate(self.ends):
            self.neighbours[source].append(target)
            self.neighbours[target].append(source)
            self.incident[source].append(edge)
            self.incident[target].append(edge)


ELEMENTWISE = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b if b else math.copysign(math.inf, a) if a else math.nan,
    "neg": lambda a: -a,
    "abs": abs,
    "min": min,
    "max": max,
    "sqrt": math.sqrt,
    "not": lambda a: 1 - a,
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "eq": lambda a, b: int(a == b),
    "ne": lambda a, b: int(a != b),
    "lt": lambda a, b: int(a < b),
    "le": lambda a, b: int(a <= b),
    "gt": lambda a, b: int(a > b),
    "ge": lambda a, b: int(a >= b),
    "select": lambda c, a, b: a if c else b,
    "copy": lambda a: a,
    "fill": lambda a: a,
}
REDUCTIONS = {"sum": (0, lambda a, b: a + b), "max": (-math.inf, max), "min": (math.inf, min),
              "any": (0, lambda a, b: a | b), "all": (1, lambda a, b: a & b)}


class Executor:
    def __init__(self, plan, graph, seed):
        self.plan, self.graph, self.random = plan, graph, random.Random(seed)
        self.values = {}  # scalars: numbers; arrays: views
        self.outputs = {}
        poison = b"\xff" * 64
        size = plan["arena"]["bytes"]
        self.arena = memoryview(bytearray(poison * (size // 64)))
        self.slots = {}
        for slot in plan["slots"]:
            length = slot["size"]["bytes"]
            if slot["output"] is None:
                assert slot["offset"] + length <= size
                self.slots[slot["slot"]] = self.arena[slot["offset"]:slot["offset"] + length]
            else:
                self.slots[slot["slot"]] = memoryview(bytearray(b"\xff" * length))

    def count(self, value):
        return {"node": self.graph.nodes, "edge": self.graph.edges}[value["index_space"]]

    def room(self, value):
        """The bytes of an array where it is defined."""
        kind = value["element_type"]
        return self.slots[value["slot"]][:self.count(value) * BYTES[kind]].cast(FORMATS[kind])

    def run_region(self, region):
        """Runs ops in a random order among those that are allowed; gives what the region yields."""
        waiting = {op["id"]: op for op in region["ops"]}
        yielded = []
        while waiting:
            ready = [op for op in waiting.values()
                     if op["op"] != "yield" or len(waiting) == 1
                     if not any(k in waiting for k in op["after"])]
            op = self.random.choice(ready)
            del waiting[op["id"]]
            if op["op"] == "yield":
                yielded = op["operands"]
            else:
                self.run_op(op)
        return yielded

    def run_op(self, op):
        name = op["op"]
        if "workspace" in op:
            self.slots[op["workspace"]["slot"]][:] = b"\xff" * len(self.slots[op["workspace"]["slot"]])
        special = getattr(self, "run_" + name, None)
        if special:
            special(op)
        elif op["results"] and op["results"][0]["index_space"] != "scalar":
            self.run_array(op)
        else:
            self.values[op["results"][0]["name"]] = self.compute_scalar(op)

    def compute_scalar(self, op):
        operands = [self.values[name] for name in op["operands"]]
        if op["op"].startswith("reduce_"):
            return self.reduce(op["op"], operands[0])
        return self.element(op, operands)

    def reduce(self, name, elements):
        start, join = REDUCTIONS[name.removeprefix("reduce_")]
        for element in elements:
            start = join(start, element)
        return start

    def element(self, op, operands):
        if op["op"] == "convert":
            to = op["results"][0]["element_type"]
            return float(operands[0]) if to.startswith("f") else int(operands[0])
        return ELEMENTWISE[op["op"]](*operands)

    def at(self, op, read, i):
        """Element i of what an array op gives; read(name, i) reads an operand."""
        name = op["op"]
        if name == "degree":
            return len(self.graph.neighbours[i])
        if name == "index":
            return i
        if name in ("at_source", "at_target"):
            return read(op["operands"][0], self.graph.ends[i][name == "at_target"])
        if name.startswith("edge_"):
            around = [read(op["operands"][0], k) for k in self.graph.incident[i]]
            return self.reduce("reduce_" + name.removeprefix("edge_"), around)
        if name.startswith("neighbor_"):
            around = [read(op["operands"][0], k) for k in self.graph.neighbours[i]]
            return self.reduce("reduce_" + name.removeprefix("neighbor_"), around)
        return self.element(op, [read(operand, i) for operand in op["operands"]])

    def read(self, name, i):
        value = self.values[name]
        return value[i] if isinstance(value, memoryview) else value

    def run_array(self, op):
        result = op["results"][0]
        room = self.room(result)
        for i in range(self.count(result)):
            room[i] = self.at(op, self.read, i)
        self.values[result["name"]] = room

    def run_kernel(self, op):
        inner = {o["results"][0]["name"]: o for o in op["body"]["ops"] if o["op"] != "yield"}
        names = dict(zip((a["name"] for a in op["body"]["arguments"]), op["operands"]))
        yielded = next(o for o in op["body"]["ops"] if o["op"] == "yield")["operands"]
        rooms = [None if r["index_space"] == "scalar" else self.room(r) for r in op["results"]]
        sums = [None] * len(rooms)

        def read(name, i):
            return self.read(names[name], i) if name in names else self.at(inner[name], read, i)

        for i in range(self.graph.nodes if op["index_space"] == "node" else self.graph.edges):
            elements = [read(name if room else inner[name]["operands"][0], i) for name, room in zip(yielded, rooms)]
            for k, element in enumerate(elements):
                if rooms[k]:
                    rooms[k][i] = element
                else:
                    start, join = REDUCTIONS[inner[yielded[k]]["op"].removeprefix("reduce_")]
                    sums[k] = join(start if i == 0 else sums[k], element)
        for result, room, total in zip(op["results"], rooms, sums):
            self.values[result["name"]] = total if room is None else room

    def run_loop(self, op):
        operands = list(op["operands"])
        count = self.values[operands.pop(0)] if op["counted"] else math.inf
        carried = [self.values[name] for name in operands]
        while True:
            self.define(op["condition"] or {"arguments": []}, carried)
            if count <= 0 or (op["condition"] and not self.values[self.run_region(op["condition"])[0]]):
                break
            self.define(op["body"], carried)
            carried = [self.values[name] for name in self.run_region(op["body"])]
            count -= 1
            before = dict(self.slots)
            for move in op["swaps"]:
                self.slots[move["slot"]] = before[move["takes"]]
        for result, value in zip(op["results"], carried):
            self.values[result["name"]] = value

    def define(self, region, values):
        for argument, value in zip(region["arguments"], values):
            self.values[argument["name"]] = value

    def run_if(self, op):
        taken = op["then" if self.values[op["operands"][0]] else "else"]
        for result, name in zip(op["results"], self.run_region(taken)):
            self.values[result["name"]] = self.values[name]

    def run_const(self, op):
        self.values[op["results"][0]["name"]] = float(op["number"]) if isinstance(op["number"], str) else op["number"]

    def run_param(self, op):
        self.values[op["results"][0]["name"]] = op["default"]

    run_input = run_param

    def run_node_count(self, op):
        self.values[op["results"][0]["name"]] = self.graph.nodes

    def run_edge_count(self, op):
        self.values[op["results"][0]["name"]] = self.graph.edges

    def run_output(self, op):
        self.outputs[op["name"]] = op["operands"][0]

    def elements_of(self, output):
        elements = self.values[self.outputs[output]]
        return list(elements) if isinstance(elements, memoryview) else [elements]


def interpret(irmem_run, program, graph, outputs):
    """What irmem's interpreter gives for each output."""
    with tempfile.TemporaryDirectory() as folder:
        files = {name: os.path.join(folder, str(k)) for k, name in enumerate(outputs)}
        to_files = [f"--output={name}={file}" for name, file in files.items()]
        subprocess.run([irmem_run, program, f"--graph={graph}", "--interpret", *to_files], check=True, stderr=subprocess.DEVNULL)
        return {name: [float(line.split()[1]) for line in open(file)] for name, file in files.items()}


def main():
    irmem_opt, irmem_run, graph, program, *passes = sys.argv[1:]
    read = Graph(graph)
    sizes = [f"--nodes={read.nodes}", f"--edges={read.edges}"]
    text = subprocess.run([irmem_opt, program, *passes, "--emit=plan-json", *sizes], check=True, stdout=subprocess.PIPE).stdout
    plan = json.loads(text)
    expected = None
    for seed in range(ORDERS):
        executor = Executor(plan, read, seed)
        executor.run_region(plan["body"])
        expected = expected or interpret(irmem_run, program, graph, executor.outputs)
        for name in executor.outputs:
            pairs = zip(executor.elements_of(name), expected[name], strict=True)
            if not all(math.isclose(got, wanted, rel_tol=1e-9, abs_tol=1e-12) for got, wanted in pairs):
                sys.exit(f"{program} {passes}: {name} is another in order {seed}")


main()
