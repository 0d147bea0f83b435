/* The scanner of text formats. The two number readers take the usual short numbers by hand and
 * leave the others, and what is none, to the support library. */
#include "runtime/scan.h"

#include "support/context.h"
#include "support/number.h"

#include <inttypes.h>
#include <string.h>

irmi_scan irmi_scan_start(irm_context *context, const irmi_file *file, irmi_progress *progress,
                          const char *doing, const char *comments) {
  irmi_scan scan = {context, file, progress, doing, comments, {0}, 0};
  scan.place.at = scan.place.begin = scan.place.stop = file->data;
  return scan;
}

/* Lines ---------------------------------------------------------------------------------------- */

bool irmi_scan_line(irmi_scan *scan) {
  irmi_place *place = &scan->place;
  const char *end = scan->file->data + scan->file->size;
  const char *begin = place->line ? place->stop : place->begin;
  if (place->line && begin < end) begin++;
  if (begin == end) return false;
  const char *stop = memchr(begin, '\n', (size_t)(end - begin));
  *place = (irmi_place){begin, begin, stop ? stop : end, place->line + 1};
  if (place->line % 65536 == 0)
    irmi_progress_step(scan->progress, scan->doing, (uint64_t)(begin - scan->file->data),
                       scan->file->size);
  return true;
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

bool irmi_scan_blanks(irmi_scan *scan) {
  while (scan->place.at < scan->place.stop && is_blank(*scan->place.at))
    scan->place.at++;
  return scan->place.at < scan->place.stop;
}

static bool is_comment(const irmi_scan *scan) {
  char first = *scan->place.at;
  return first && strchr(scan->comments, first);
}

bool irmi_scan_data_line(irmi_scan *scan) {
  while (scan->errors < IRMI_SCAN_ERRORS && irmi_scan_line(scan))
    if (irmi_scan_blanks(scan) && !is_comment(scan)) return true;
  return false;
}

size_t irmi_scan_word(irmi_scan *scan) {
  irmi_scan_blanks(scan);
  const char *end = scan->place.at;
  while (end < scan->place.stop && !is_blank(*end))
    end++;
  return (size_t)(end - scan->place.at);
}

/* Numbers -------------------------------------------------------------------------------------- */

typedef struct digits {
  uint64_t value;
  const char *end;
} digits;

static digits read_digits(const char *at, const char *stop, uint64_t value) {
  while (at < stop && *at >= '0' && *at <= '9')
    value = value * 10 + (uint64_t)(*at++ - '0');
  return (digits){value, at};
}

/* What a short number is made of: at most 18 digits, so that none is lost. */
enum { SHORT = 18 };

static bool ends_word(const irmi_scan *scan, const char *at) {
  return at == scan->place.stop || is_blank(*at);
}

static bool integer_by_hand(irmi_scan *scan, int64_t *value) {
  const char *begin = scan->place.at;
  bool negative = *begin == '-';
  begin += negative;
  digits number = read_digits(begin, scan->place.stop, 0);
  if (number.end == begin || number.end - begin > SHORT || !ends_word(scan, number.end))
    return false;
  *value = negative ? -(int64_t)number.value : (int64_t)number.value;
  scan->place.at = number.end;
  return true;
}

static bool all_digits(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (text[i] < '0' || text[i] > '9') return false;
  return length > 0;
}

/* The long way: signs, many digits, and errors. */
static bool integer_by_word(irmi_scan *scan, const char *what, int64_t least, int64_t most,
                            int64_t *value) {
  size_t length = irmi_scan_word(scan);
  const char *word = scan->place.at;
  bool sign = length > 1 && (*word == '-' || *word == '+');
  if (!all_digits(word + sign, length - sign)) return irmi_scan_expected(scan, "a ", what);
  if (irmi_integer_read(word + sign, length - sign, *word == '-', value)) {
    scan->place.at += length;
    return true;
  }
  return irmi_scan_error(scan, scan->place, "%s %.*s%s is not between %" PRId64 " and %" PRId64,
                         what, length > 40 ? 40 : (int)length, word, length > 40 ? "..." : "",
                         least, most);
}

bool irmi_scan_integer(irmi_scan *scan, const char *what, int64_t least, int64_t most,
                       int64_t *value) {
  if (!irmi_scan_blanks(scan)) return irmi_scan_expected(scan, "a ", what);
  irmi_place place = scan->place;
  if (!integer_by_hand(scan, value) && !integer_by_word(scan, what, least, most, value))
    return false;
  if (*value >= least && *value <= most) return true;
  return irmi_scan_error(scan, place, "%s %" PRId64 " is not between %" PRId64 " and %" PRId64,
                         what, *value, least, most);
}

/* Powers of ten that a double holds exactly. */
static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* Digits below 2^53 times or through a power of ten below 10^23: both exact, so the result is
 * rounded once (Clinger, How to read floating point numbers accurately, 1990). */
static bool real_by_hand(irmi_scan *scan, double *value) {
  const char *begin = scan->place.at, *stop = scan->place.stop;
  bool negative = *begin == '-';
  begin += negative;
  digits whole = read_digits(begin, stop, 0), all = whole;
  bool point = whole.end < stop && *whole.end == '.';
  if (point) all = read_digits(whole.end + 1, stop, whole.value);
  int64_t fraction = point ? all.end - whole.end - 1 : 0;
  int64_t count = whole.end - begin + fraction;
  if (count == 0 || count > SHORT || all.value >> 53 || !ends_word(scan, all.end)) return false;
  double magnitude = (double)all.value / powers[fraction];
  *value = negative ? -magnitude : magnitude;
  scan->place.at = all.end;
  return true;
}

bool irmi_scan_real(irmi_scan *scan, const char *what, double *value) {
  if (irmi_scan_blanks(scan) && real_by_hand(scan, value)) return true;
  size_t length = irmi_scan_word(scan);
  if (!irmi_real_read(scan->place.at, length, false, value))
    return irmi_scan_expected(scan, "a ", what);
  scan->place.at += length;
  return true;
}

bool irmi_scan_line_end(irmi_scan *scan) {
  return !irmi_scan_blanks(scan) || irmi_scan_expected(scan, "the ", "end of the line");
}

/* Errors --------------------------------------------------------------------------------------- */

enum { SHOWN_LINE = 200, SHOWN_WORD = 40 };

/* A copy to show people: cut, without control characters. */
static void show(char *room, size_t most, const char *text, size_t length) {
  size_t shown = length > most ? most : length;
  for (size_t i = 0; i < shown; i++)
    room[i] = (unsigned char)text[i] < ' ' && text[i] != '\t' ? '?' : text[i];
  strcpy(room + shown, length > most ? "..." : "");
}

/* Reports with the place's line, if there is any. */
static void report(const irmi_scan *scan, const irmi_place *place, const char *message) {
  char line[SHOWN_LINE + 4];
  const char *stop = place->stop;
  if (stop > place->begin && stop[-1] == '\r') stop--;
  show(line, SHOWN_LINE, place->begin, (size_t)(stop - place->begin));
  irm_loc loc = {.file = scan->file->name};
  if (place->line) {
    loc.line = place->line > UINT32_MAX ? UINT32_MAX : (uint32_t)place->line;
    loc.column = (uint32_t)(place->at - place->begin) + 1;
  }
  irmi_diag_report_line(scan->context, IRM_ERROR, loc, place->line ? line : NULL, "%s", message);
}

bool irmi_scan_error(irmi_scan *scan, irmi_place place, const char *format, ...) {
  char message[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  report(scan, &place, message);
  if (++scan->errors == IRMI_SCAN_ERRORS)
    irm_diag_report(scan->context, IRM_NOTE, (irm_loc){.file = scan->file->name},
                    "reading stops after %d errors", IRMI_SCAN_ERRORS);
  return false;
}

bool irmi_scan_expected(irmi_scan *scan, const char *article, const char *what) {
  char word[SHOWN_WORD + 4];
  size_t length = irmi_scan_word(scan);
  show(word, SHOWN_WORD, scan->place.at, length);
  if (length == 0)
    return irmi_scan_error(scan, scan->place, "expected %s%s, found the end of the line", article,
                           what);
  return irmi_scan_error(scan, scan->place, "expected %s%s, found '%s'", article, what, word);
}
