/* Types while they become known, and how numbers of different types meet. */
#include "lower/lower.h"

#include <stdio.h>

irmi_kind irmi_kind_of(irm_elem elem, irm_space space) {
  return (irmi_kind){.known = IRMI_KNOWN, .elem = elem, .space = space};
}

irmi_kind irmi_kind_wrong(void) {
  return (irmi_kind){.known = IRMI_WRONG};
}

bool irmi_kind_equal(irmi_kind a, irmi_kind b) {
  if (a.known != b.known) return false;
  return a.known != IRMI_KNOWN || (a.elem == b.elem && a.space == b.space);
}

irm_elem irmi_lower_elem(const irmi_lowering *l, irmi_alg_type type) {
  return type.real ? l->real : type.elem;
}

irmi_kind irmi_kind_of_number(const irmi_lowering *l, irm_number number) {
  irmi_kind kind = irmi_kind_of(number.elem == IRM_F64 ? l->real : number.elem, IRM_SCALAR);
  kind.literal =
      number.elem == IRM_F64 || (number.elem == IRM_I64 && number.as.i == (int32_t)number.as.i);
  return kind;
}

/* bool, i32, int, f32, f64: each converts to those behind it. */
static int rank_of(irm_elem elem) {
  static const int ranks[] = {
      [IRM_I1] = 0, [IRM_I32] = 1, [IRM_I64] = 2, [IRM_F32] = 3, [IRM_F64] = 4};
  return ranks[elem];
}

static irm_elem wider(irm_elem a, irm_elem b) {
  return rank_of(a) > rank_of(b) ? a : b;
}

irm_elem irmi_kind_join(const irmi_lowering *l, irmi_kind a, irmi_kind b) {
  if (a.literal == b.literal) return wider(a.elem, b.elem);
  irm_elem literal = a.literal ? a.elem : b.elem, other = a.literal ? b.elem : a.elem;
  if (irm_elem_is_float(literal)) return irm_elem_is_float(other) ? other : l->real;
  return other == IRM_I1 ? literal : other;
}

static const char *elem_word(const irmi_lowering *l, irm_elem elem) {
  if (elem == l->real) return "real";
  if (elem == IRM_I64) return "int";
  return elem == IRM_I1 ? "bool" : irm_elem_name(elem);
}

const char *irmi_kind_describe(const irmi_lowering *l, irmi_kind kind, char text[IRMI_KIND_ROOM]) {
  const char *word = elem_word(l, kind.elem);
  bool vowel = kind.elem == IRM_I64 || kind.elem == IRM_I32 ||
               (kind.elem != l->real && irm_elem_is_float(kind.elem));
  if (kind.space == IRM_SCALAR)
    snprintf(text, IRMI_KIND_ROOM, "a%s %s", vowel ? "n" : "", word);
  else
    snprintf(text, IRMI_KIND_ROOM, "a%s array of %s", kind.space == IRM_NODE ? " node" : "n edge",
             word);
  return text;
}
