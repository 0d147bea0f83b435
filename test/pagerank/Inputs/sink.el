# Node 30 has no successor; ids are neither dense nor sorted.
20 10
10 20
20 30
10 30
7 10
