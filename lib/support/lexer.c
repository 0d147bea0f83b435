/* The tokenizer that the readers share. A line of text is scanned once; nothing is copied. */
#include "support/lexer.h"

#include <stdio.h>
#include <string.h>

/* Longer numbers are refused, so that whoever reads one can do so in a buffer of fixed size. */
#define LONGEST_NUMBER 1000

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

size_t irmi_utf8_length(const char *text, const char *end) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  unsigned char first = (unsigned char)*text;
  if (first < 0x80) return 1;
  size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc0 || first >= 0xf8 || (size_t)(end - text) < length) return 0;
  uint32_t code = first & (0x7fu >> length);
  for (size_t i = 1; i < length; i++) {
    if (((unsigned char)text[i] & 0xc0) != 0x80) return 0;
    code = code << 6 | ((unsigned char)text[i] & 0x3f);
  }
  bool surrogate = code >= 0xd800 && code <= 0xdfff;
  return code < least[length] || code > 0x10ffff || surrogate ? 0 : length;
}

/* U+0080 to U+009F control too; U+FFFE and U+FFFF are no characters. */
size_t irmi_plain_length(const char *text, const char *end) {
  const unsigned char *at = (const unsigned char *)text;
  if (*at < ' ') return *at == '\t' || *at == '\n';
  if (*at == 0x7f) return 0;
  size_t length = irmi_utf8_length(text, end);
  if (length == 2 && at[0] == 0xc2 && at[1] < 0xa0) return 0;
  return length == 3 && at[0] == 0xef && at[1] == 0xbf && at[2] >= 0xbe ? 0 : length;
}

irmi_lexer irmi_lexer_create(const irmi_syntax *syntax, const char *text, size_t length) {
  return (irmi_lexer){syntax, text, text + length, text, 1, true};
}

static char peek(const irmi_lexer *lexer, size_t ahead) {
  return (size_t)(lexer->end - lexer->at) > ahead ? lexer->at[ahead] : '\0';
}

static void skip_blanks(irmi_lexer *lexer) {
  while (lexer->at < lexer->end) {
    char c = *lexer->at;
    if (c == '\n') {
      lexer->line_begin = lexer->at + 1;
      lexer->line++;
      lexer->first_on_line = true;
    } else if (c == lexer->syntax->comment && c) {
      const char *line_end = memchr(lexer->at, '\n', (size_t)(lexer->end - lexer->at));
      lexer->at = line_end ? line_end : lexer->end;
      continue;
    } else if (c != ' ' && c != '\t' && c != '\r') {
      return;
    }
    lexer->at++;
  }
}

/* Takes letters and digits, and the characters in also. */
static const char *take_word(irmi_lexer *lexer, const char *also) {
  while (lexer->at < lexer->end) {
    char c = *lexer->at;
    size_t length = irmi_utf8_length(lexer->at, lexer->end);
    if (length == 0) return "invalid UTF-8";
    if (length == 1 && !is_letter(c) && !is_digit(c) && (!c || !strchr(also, c))) return NULL;
    lexer->at += length;
  }
  return NULL;
}

/* Takes the word that stands right here, if there is one. */
static bool has_word(irmi_lexer *lexer) {
  const char *begin = lexer->at;
  return take_word(lexer, "") != NULL || lexer->at != begin;
}

static void take_digits(irmi_lexer *lexer) {
  while (is_digit(peek(lexer, 0)))
    lexer->at++;
}

static const char *take_number(irmi_lexer *lexer, irmi_token_kind *kind) {
  const char *begin = lexer->at;
  *kind = IRMI_TOKEN_INTEGER;
  take_digits(lexer);
  if (peek(lexer, 0) == '.' && is_digit(peek(lexer, 1))) {
    *kind = IRMI_TOKEN_REAL;
    lexer->at++;
    take_digits(lexer);
  }
  if (peek(lexer, 0) == 'e' || peek(lexer, 0) == 'E') {
    size_t sign = peek(lexer, 1) == '+' || peek(lexer, 1) == '-';
    if (is_digit(peek(lexer, 1 + sign))) {
      *kind = IRMI_TOKEN_REAL;
      lexer->at += 1 + sign;
      take_digits(lexer);
    }
  }
  if (!lexer->syntax->units && has_word(lexer)) return "malformed number";
  return lexer->at - begin > LONGEST_NUMBER ? "number of more than 1000 characters" : NULL;
}

/* The bytes of the escape at text, which points behind the backslash; 0 when there is none such. */
static size_t escape_length(const char *text, const char *end, char *meaning) {
  static const char letters[] = "\"\\nt", meanings[] = "\"\\\n\t";
  const char *letter = text < end && *text ? strchr(letters, *text) : NULL;
  if (letter) {
    *meaning = meanings[letter - letters];
    return 1;
  }
  if (end - text < 3 || *text != 'x' || hex_digit(text[1]) < 0 || hex_digit(text[2]) < 0) return 0;
  *meaning = (char)(hex_digit(text[1]) * 16 + hex_digit(text[2]));
  return *meaning ? 3 : 0;
}

static const char *take_string(irmi_lexer *lexer) {
  const char *problem = NULL;
  for (lexer->at++; lexer->at < lexer->end && *lexer->at != '\n';) {
    char c = *lexer->at, meaning;
    size_t length = irmi_utf8_length(lexer->at, lexer->end);
    if (c == '"') {
      lexer->at++;
      return problem;
    }
    if (c == '\0')
      problem = "NUL byte in a string";
    else if (length == 0)
      problem = "invalid UTF-8";
    else if (c == '\\' && !(length = escape_length(lexer->at + 1, lexer->end, &meaning)))
      problem = "unknown escape in a string";
    lexer->at += c == '\\' ? length + 1 : length ? length : 1;
  }
  return "string without its closing quote";
}

static const char *take_name(irmi_lexer *lexer) {
  const char *begin = ++lexer->at;
  if (peek(lexer, 0) == '"') return take_string(lexer);
  const char *problem = take_word(lexer, ".-");
  return problem ? problem : lexer->at == begin ? "sigil without a name" : NULL;
}

static void take_operator(irmi_lexer *lexer) {
  size_t room = (size_t)(lexer->end - lexer->at);
  for (const char *const *op = lexer->syntax->operators; op && *op; op++) {
    size_t length = strlen(*op);
    if (length <= room && memcmp(*op, lexer->at, length) == 0) {
      lexer->at += length;
      return;
    }
  }
  lexer->at++;
}

/* Whether no token begins here. */
static bool is_rubbish(const irmi_lexer *lexer) {
  char c = *lexer->at;
  if (c == '\n' || c == '\t' || c == '\r') return false;
  return (c >= '\0' && c < ' ') || c == 0x7f || irmi_utf8_length(lexer->at, lexer->end) == 0;
}

/* Takes all of it in one go: one problem, one token. */
static const char *take_rubbish(irmi_lexer *lexer) {
  char c = *lexer->at;
  while (lexer->at < lexer->end && is_rubbish(lexer))
    lexer->at++;
  return c == '\0' ? "NUL byte" : c & 0x80 ? "invalid UTF-8" : "control character";
}

static const char *take_token(irmi_lexer *lexer, irmi_token_kind *kind) {
  char c = *lexer->at;
  if (is_digit(c)) return take_number(lexer, kind);
  if (c == '"') {
    *kind = IRMI_TOKEN_STRING;
    return take_string(lexer);
  }
  if (c && strchr(lexer->syntax->sigils, c)) {
    *kind = IRMI_TOKEN_NAME;
    return take_name(lexer);
  }
  if (is_rubbish(lexer)) return take_rubbish(lexer);
  if (is_letter(c) || c & 0x80) {
    *kind = IRMI_TOKEN_WORD;
    return take_word(lexer, "");
  }
  *kind = IRMI_TOKEN_PUNCT;
  take_operator(lexer);
  return NULL;
}

irmi_token irmi_lexer_next(irmi_lexer *lexer) {
  skip_blanks(lexer);
  irmi_token token = {IRMI_TOKEN_END, lexer->first_on_line, lexer->line, 0, lexer->at, 0, NULL};
  token.column = (uint32_t)(lexer->at - lexer->line_begin) + 1;
  if (lexer->at == lexer->end) return token;
  lexer->first_on_line = false;
  token.problem = take_token(lexer, &token.kind);
  if (token.problem) token.kind = IRMI_TOKEN_BAD;
  if (lexer->at == token.text) lexer->at++;
  token.length = (size_t)(lexer->at - token.text);
  return token;
}

bool irmi_token_is(const irmi_token *token, const char *text) {
  return (token->kind == IRMI_TOKEN_WORD || token->kind == IRMI_TOKEN_PUNCT) &&
         *token->text == *text && token->length == strlen(text) &&
         memcmp(token->text, text, token->length) == 0;
}

size_t irmi_token_contents(const irmi_token *token, char *text) {
  const char *at = token->text, *end = at + token->length;
  at += token->kind == IRMI_TOKEN_NAME;
  if (at == end || *at != '"') {
    memcpy(text, at, (size_t)(end - at));
    return (size_t)(end - at);
  }
  size_t length = 0;
  for (at++, end--; at < end; length++) {
    text[length] = *at++;
    if (text[length] == '\\') at += escape_length(at, end, &text[length]);
  }
  return length;
}

const char *irmi_token_describe(const irmi_token *token, char text[IRMI_TOKEN_ROOM]) {
  const size_t most = IRMI_TOKEN_ROOM - 6;
  if (token->kind == IRMI_TOKEN_END) return "end of file";
  if (token->kind == IRMI_TOKEN_BAD) return token->problem;
  size_t length = token->length;
  if (length > most)
    for (length = most; length > 0 && ((unsigned char)token->text[length] & 0xc0) == 0x80;)
      length--;
  snprintf(text, IRMI_TOKEN_ROOM, "'%.*s%s'", (int)length, token->text,
           length < token->length ? "..." : "");
  return text;
}
