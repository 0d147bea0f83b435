#!/usr/bin/env python3
"""Stands for LAGraph's programs: reads the graph and the sources that it was given, and prints
times as they do. As mtx2bin_demo it hands the graph on."""

import os
import shutil
import sys

PROGRAM = os.path.basename(sys.argv[0])


def read(path):
    with open(path, encoding="utf-8") as file:
        head, size, *lines = file.read().splitlines()
    assert head.startswith("%%MatrixMarket matrix ")
    return head, [int(number) for number in size.split()], [[int(x) for x in line.split()] for line in lines]


def check():
    assert sys.argv[1].endswith(".grb")
    head, (rows, columns, arcs), lines = read(sys.argv[1])
    assert head.endswith("coordinate integer general") and rows == columns == 64 and arcs == len(lines)
    present = {(row, column) for row, column, _ in lines}
    assert all((column, row) in present for row, column in present)
    assert all(1 <= weight <= 255 for _, _, weight in lines)
    head, (count, one), sources = read(sys.argv[2])
    assert head.endswith("array integer general") and (count, one) == (3, 1)
    assert 1 <= sources[0][0] <= 64 and sources == [sources[0]] * 3


def main():
    if PROGRAM == "mtx2bin_demo":
        shutil.copyfile(sys.argv[1], sys.argv[2])
        return
    check()
    print("warmup: parent only 7.0 sec")
    for trial, seconds in enumerate(["9.0000", "0.2000", "0.3000"]):
        print(f"trial: {trial:2d} threads: 1 time: {seconds:>10} sec")
    if PROGRAM == "gappagerank_demo":
        print("GAP:   1: avg time:      2.000 (sec), rate:      2.630 iters: 10 rsum: 1.0")
        print("trial:  0 time:     8.0000 sec")
        print("STD:   1: avg time:      2.000 (sec), rate:      2.630 iters: 50 rsum: 1.0")
    else:
        print("Avg: time: 99.0000 sec ntrials 3")
        print("trial:  0 time:     8.0000 sec")


main()
