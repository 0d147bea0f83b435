# Five nodes, six directed edges.
0 1
1 2
2 0
2 3
3 4
4 2
