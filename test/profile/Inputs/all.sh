# The profile of every algorithm that ships: irmem-run, its algorithms, python, sums.py, the page.
for file in "$2"/*.alg; do
  name=$(basename "$file" .alg)
  "$1" "$name" --graph=kron:7:6 --profile=json --verify 2>/dev/null | "$3" "$4" "$5" || echo "$name"
done
