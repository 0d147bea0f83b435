/* The steps of paths, for one type of elements (each_elem.h). */

static inline ELEM NAME(irmi_step)(const irmi_path *path, int64_t k) {
  if (path->doubles) return (ELEM)((const double *)path->steps)[k];
  return ((const ELEM *)path->steps)[k];
}
