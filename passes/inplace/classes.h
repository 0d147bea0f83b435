/* Classes of values that share bytes: what the parts of inplace build together. */
#ifndef IRMEM_PASSES_INPLACE_CLASSES_H
#define IRMEM_PASSES_INPLACE_CLASSES_H

#include "irmem/irmem.h"

typedef struct irmi_span_of_life {
  irm_interval alive;
  const irm_value *first; /* the value that is alive from its beginning on */
  struct irmi_span_of_life *prev, *next;
} irmi_span_of_life;

/* When some value of a class is alive: spans in order of time that do not meet. Classes are joined
 * in the order of the program, so the next span to look at is near the last one. */
typedef struct irmi_life {
  irmi_span_of_life *last_seen; /* one of them; NULL: never alive */
  uint32_t count;
} irmi_life;

/* Classes of values that share bytes: a union-find forest over value ids. */
typedef struct irmi_classes {
  irm_program *program;
  irm_pass_env *env;
  const irm_liveness *liveness;
  uint32_t *parent;
  irmi_life *lifetimes;               /* of roots */
  bool typed;                         /* one element type a class */
  uint32_t *yielded;                  /* by value id: 1 + the last yield that was seen to name it */
  const irm_concurrency *concurrency; /* or NULL: ops run one after the other, as written */
  const irm_value **member;           /* by value id: the value */
  uint32_t *next_member, *last_member; /* by value id: the values of a class as a list; of roots */
} irmi_classes;

#define IRMI_NO_MEMBER UINT32_MAX

/* For the program as it is now, every value in a class of its own; and again so. concurrency may be
 * NULL. */
irmi_classes irmi_start_classes(irm_program *program, irm_pass_env *env, bool typed,
                                const irm_concurrency *concurrency);
void irmi_reset_classes(irmi_classes *c);

uint32_t irmi_class_of(irmi_classes *c, const irm_value *value);
bool irmi_same_class(irmi_classes *c, const irm_value *a, const irm_value *b);
/* Whether operand k's bytes may become those of one of the op's results: by the op's rule, types
 * and lifetimes. */
bool irmi_may_host(irmi_classes *c, const irm_op *op, uint32_t k, const irm_value *result);
/* Makes one class of two. */
void irmi_join_classes(irmi_classes *c, const irm_value *x, const irm_value *y);
/* Makes two values share bytes if nothing speaks against it. */
bool irmi_try_join(irmi_classes *c, const irm_value *x, const irm_value *y);

#endif
