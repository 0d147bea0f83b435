"""What the shipped algorithms compute, from their definitions: each function takes a graph of
graphs.py and gives {output: {node: value}}. None computes as the algorithm itself does: systems of
equations are solved, walks and sets enumerated, exactly where that can be.
"""

import heapq
import math
from collections import Counter
from fractions import Fraction
from itertools import combinations, permutations

from graphs import arcs

UNREACHABLE = 9223372036854775807


def successors(graph):
    result = {node: [] for node in graph[0]}
    for a, b, _ in arcs(graph):
        result[a].append(b)
    return result


def neighbourhoods(graph):
    """The set of neighbours of each node, whichever way edges go."""
    result = {node: set() for node in graph[0]}
    for a, b, _ in graph[1]:
        result[a].add(b)
        result[b].add(a)
    return result


def solve(rows, right):
    """x with rows x = right, by elimination."""
    size = len(rows)
    rows = [[float(value) for value in row] + [float(value)] for row, value in zip(rows, right)]
    for k in range(size):
        pivot = max(range(k, size), key=lambda i: abs(rows[i][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i in range(size):
            if i != k and rows[i][k] != 0:
                rows[i] = [a - rows[i][k] * b for a, b in zip(rows[i], rows[k])]
    return [row[size] for row in rows]


def matrix_of(graph, entries, diagonal=0.0):
    """Rows with the entries (row node, column node, value) added up, and the diagonal."""
    index = {node: i for i, node in enumerate(graph[0])}
    rows = [[diagonal * (i == j) for j in range(len(index))] for i in range(len(index))]
    for row, column, value in entries:
        rows[index[row]][index[column]] += value
    return rows


# Ways ----------------------------------------------------------------------------------------------


def bfs(graph, source):
    """A queue, as the benchmark defines it."""
    follow, depth = successors(graph), {node: UNREACHABLE for node in graph[0]}
    queue = [source] if source in depth else []
    depth.update({node: 0 for node in queue})
    for node in queue:
        for target in follow[node]:
            if depth[target] == UNREACHABLE:
                depth[target] = depth[node] + 1
                queue.append(target)
    return {"depth": depth}


def sssp(graph, source):
    """Dijkstra's algorithm: nodes in the order of their distances."""
    distance, heap = {node: math.inf for node in graph[0]}, [(0.0, source)]
    follow = {node: [] for node in graph[0]}
    for a, b, weight in arcs(graph):
        follow[a].append((b, weight))
    while heap:
        length, node = heapq.heappop(heap)
        if length < distance.get(node, -1.0):
            distance[node] = length
            for target, weight in follow[node]:
                heapq.heappush(heap, (length + weight, target))
    return {"distance": distance}


def wcc(graph):
    """Sets that grow along edges."""
    near, component = neighbourhoods(graph), {}
    for node in graph[0]:
        grown = [] if node in component else [node]
        for member in grown:
            if member not in component:
                component[member] = node
                grown.extend(near[member])
    return {"component": component}


# Labels --------------------------------------------------------------------------------------------


def most_frequent(labels):
    """The lowest of those that come most often."""
    times = Counter(labels)
    return min(label for label in times if times[label] == max(times.values()))


def cdlp(graph, iterations):
    """From the benchmark's specification: labels of in-neighbours, and again of out-neighbours."""
    heard = {node: [] for node in graph[0]}
    for a, b, _ in graph[1]:
        heard[a].append(b)
        heard[b].append(a)
    label = {node: node for node in graph[0]}
    for _ in range(iterations):
        label = {node: most_frequent([label[other] for other in heard[node]] or [label[node]])
                 for node in graph[0]}
    return {"label": label}


def label_propagation(graph, iterations):
    follow, label = successors(graph), {node: node for node in graph[0]}
    for _ in range(iterations):
        for node in graph[0]:
            label[node] = most_frequent([label[other] for other in [node, *follow[node]]])
    return {"label": label}


# Walks ---------------------------------------------------------------------------------------------


def pagerank(graph, restart=None, damping=0.85):
    """The walker's stationary distribution: rank = damping * P^T rank + (1 - damping) * home."""
    nodes, follow = graph[0], successors(graph)
    restart = restart or {node: 1 for node in nodes}
    home = {node: restart[node] / sum(restart.values()) for node in nodes}
    steps = [(to, node, -damping / len(targets)) for node, targets in follow.items() for to in targets]
    jumps = [(to, node, -damping * home[to]) for node in nodes if not follow[node] for to in nodes]
    rows = matrix_of(graph, steps + jumps, 1.0)
    return {"rank": dict(zip(nodes, solve(rows, [(1 - damping) * home[node] for node in nodes])))}


def katz(graph, alpha, beta):
    """centrality = alpha * A^T centrality + beta."""
    rows = matrix_of(graph, [(b, a, -alpha) for a, b, _ in arcs(graph)], 1.0)
    return {"centrality": dict(zip(graph[0], solve(rows, [beta] * len(graph[0]))))}


# Eigenvectors --------------------------------------------------------------------------------------


def product(a, b):
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, column) if x and y) for column in columns] for row in a]


def high_power(matrix):
    """matrix^(2^30) but for a factor."""
    for _ in range(30):
        matrix = product(matrix, matrix)
        largest = max(max(row) for row in matrix) or 1.0
        matrix = [[value / largest for value in row] for row in matrix]
    return matrix


def unit(nodes, column):
    length = sum(value * value for value, in column) ** 0.5 or 1.0
    return {node: value / length for node, (value,) in zip(nodes, column)}


def eigenvector(graph):
    """The limit of (A^T + 1)^k (1, ..., 1), to length 1."""
    power = high_power(matrix_of(graph, [(b, a, 1.0) for a, b, _ in arcs(graph)], 1.0))
    return {"centrality": unit(graph[0], product(power, [[1.0] for _ in graph[0]]))}


def hits(graph):
    """Authorities are the limit of (A^T A)^k A^T (1, ..., 1), hubs are A times that; to length 1."""
    forward = matrix_of(graph, [(a, b, 1.0) for a, b, _ in arcs(graph)])
    backward = matrix_of(graph, [(b, a, 1.0) for a, b, _ in arcs(graph)])
    start = product(backward, [[1.0] for _ in graph[0]])
    authority = product(high_power(product(backward, forward)), start)
    return {"authority": unit(graph[0], authority), "hub": unit(graph[0], product(forward, authority))}


# Sets ----------------------------------------------------------------------------------------------


def degree_centrality(graph):
    ends = Counter(end for a, b, _ in graph[1] for end in (a, b))
    others = max(len(graph[0]) - 1, 1)
    return {"centrality": {node: Fraction(ends[node], others) for node in graph[0]}}


def kcore(graph):
    """By taking single nodes away, for each k anew; an edge each way between two nodes is two."""
    core, k = {node: 0 for node in graph[0]}, 0
    left = set(graph[0])
    while left:
        k += 1
        left = set(graph[0])
        while True:
            ends = Counter(end for a, b, _ in graph[1] if a in left and b in left for end in (a, b))
            weak = next((node for node in left if ends[node] < k), None)
            if weak is None:
                break
            left.remove(weak)
        core.update({node: k for node in left})
    return {"core": core}


def lcc(graph):
    near, edges = neighbourhoods(graph), {(a, b) for a, b, _ in arcs(graph)}
    result = {}
    for node in graph[0]:
        pairs = list(permutations(near[node], 2))
        result[node] = Fraction(sum(pair in edges for pair in pairs), max(len(pairs), 1))
    return {"coefficient": result}


def triangle_count(graph):
    """All threes of nodes, one by one."""
    near = neighbourhoods(graph)
    found = [three for three in combinations(graph[0], 3)
             if all(b in near[a] for a, b in combinations(three, 2))]
    return {"triangles": {node: sum(node in three for three in found) for node in graph[0]}}


# Matrices ------------------------------------------------------------------------------------------


def conjugate_gradient(graph, b):
    """By elimination; an edge stands for both elements across the diagonal."""
    rows = matrix_of(graph, graph[1] + [(j, i, w) for i, j, w in graph[1] if i != j])
    return {"x": dict(zip(graph[0], solve(rows, [b[node] for node in graph[0]])))}


def heat_diffusion(graph, start, time=1):
    """exp(-time L) start by the exponential's series, exactly until its terms are small."""
    temperature = {node: Fraction(start[node]) for node in graph[0]}
    term = dict(temperature)
    for k in range(1, 400):
        flow = {node: Fraction(0) for node in graph[0]}
        for a, b, _ in graph[1]:
            flow[a] += term[b] - term[a]
            flow[b] += term[a] - term[b]
        term = {node: flow[node] * time / k for node in graph[0]}
        temperature = {node: temperature[node] + term[node] for node in graph[0]}
        if max(map(abs, term.values())) < Fraction(1, 10**12):
            return {"temperature": temperature}
    raise ArithmeticError("the series does not converge")
