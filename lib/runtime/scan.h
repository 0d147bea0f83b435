/* Reads numbers out of a text line by line and reports what else it finds. Nothing is copied; the
 * text is never kept as a source, only the offending line is shown. */
#ifndef IRMEM_RUNTIME_SCAN_H
#define IRMEM_RUNTIME_SCAN_H

#include "runtime/file.h"
#include "runtime/progress.h"

/* Readers stop at this many errors in a file. */
#define IRMI_SCAN_ERRORS 20

/* A place in a text: a character and its line. */
typedef struct irmi_place {
  const char *at;
  const char *begin, *stop; /* of the line, without its end */
  uint64_t line;            /* counts from 1 */
} irmi_place;

typedef struct irmi_scan {
  irm_context *context;
  const irmi_file *file;
  irmi_progress *progress;
  const char *doing;    /* for the progress line: "reading" */
  const char *comments; /* characters that begin a comment line */
  irmi_place place;
  unsigned errors;
} irmi_scan;

irmi_scan irmi_scan_start(irm_context *context, const irmi_file *file, irmi_progress *progress,
                          const char *doing, const char *comments);

/* Moves to the next line as it is; false at the end of the text. */
bool irmi_scan_line(irmi_scan *scan);
/* Moves to the first word of the next line that is neither empty nor a comment. False at the end of
 * the text and after too many errors. */
bool irmi_scan_data_line(irmi_scan *scan);

/* Moves to the next word of the line; false if there is none. */
bool irmi_scan_blanks(irmi_scan *scan);
/* Moves to the next word of the line and gives its length, 0 if there is none. */
size_t irmi_scan_word(irmi_scan *scan);

/* The next word of the line as a number, passed over. what names it in the error that is reported
 * if it is none, or not between least and most. */
bool irmi_scan_integer(irmi_scan *scan, const char *what, int64_t least, int64_t most,
                       int64_t *value);
/* The same for a finite number, rounded once. */
bool irmi_scan_real(irmi_scan *scan, const char *what, double *value);
/* Whether nothing stands in the rest of the line; reports what does. */
bool irmi_scan_line_end(irmi_scan *scan);

/* Report an error at a place; always false. The second says which word was found instead. */
bool irmi_scan_error(irmi_scan *scan, irmi_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool irmi_scan_expected(irmi_scan *scan, const char *article, const char *what);

#endif
