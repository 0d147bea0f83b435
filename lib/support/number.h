/* Numbers as text, the same in every locale. */
#ifndef IRMEM_SUPPORT_NUMBER_H
#define IRMEM_SUPPORT_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The shortest of the usual lengths that reads back as the same double, or float if single: "0.15",
 * "1.0", "1e+20", "-0.0", "inf", "-inf", "nan". Never looks like an integer. */
#define IRMI_REAL_ROOM 40
void irmi_real_write(char text[IRMI_REAL_ROOM], double value, bool single);

/* Reads digits with an optional sign, fraction and exponent, all of text, rounded once to double,
 * or float if single. False when it is anything else or too large to be finite. */
bool irmi_real_read(const char *text, size_t length, bool single, double *value);

/* Reads decimal digits, all of text, negated if negative. False when it is anything else or
 * out of range. */
bool irmi_integer_read(const char *text, size_t length, bool negative, int64_t *value);

#endif
