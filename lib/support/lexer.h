/* Cuts a text into tokens: words, names behind a sigil, numbers, strings, punctuation. Comments,
 * sigils and operators of several characters are up to the language. */
#ifndef IRMEM_SUPPORT_LEXER_H
#define IRMEM_SUPPORT_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum irmi_token_kind {
  IRMI_TOKEN_END,
  IRMI_TOKEN_WORD,    /* a letter or _, then letters, digits, _; letters are also those of UTF-8 */
  IRMI_TOKEN_NAME,    /* a sigil, then letters, digits, _ . - or a string: %x %0 %a.b @"my name" */
  IRMI_TOKEN_INTEGER, /* digits */
  IRMI_TOKEN_REAL,    /* digits with a fraction, an exponent or both: 0.5 1e-6 */
  IRMI_TOKEN_STRING,  /* "text" on one line, with the escapes \" \\ \n \t and \xHH */
  IRMI_TOKEN_PUNCT,   /* one of the language's operators, or a single other character */
  IRMI_TOKEN_BAD      /* see problem */
} irmi_token_kind;

typedef struct irmi_token {
  irmi_token_kind kind;
  bool first_on_line;
  uint32_t line, column; /* from 1, columns in bytes */
  const char *text;      /* as written, sigil and quotes included; part of the lexed text */
  size_t length;
  const char *problem; /* BAD: what is wrong with it, valid for ever; else NULL */
} irmi_token;

typedef struct irmi_syntax {
  char comment;                 /* begins a comment that ends with the line; 0: none */
  const char *sigils;           /* characters that begin a name */
  const char *const *operators; /* of several characters, longer ones first, then NULL */
  bool units;                   /* a number may have a word right behind it: 8n is 8 and n */
} irmi_syntax;

/* A place in a text. Copy it to look ahead. */
typedef struct irmi_lexer {
  const irmi_syntax *syntax;
  const char *at, *end, *line_begin;
  uint32_t line;
  bool first_on_line;
} irmi_lexer;

irmi_lexer irmi_lexer_create(const irmi_syntax *syntax, const char *text, size_t length);

/* The next token; END again and again at the end. Each call moves on by at least one byte before
 * that, BAD ones included. */
irmi_token irmi_lexer_next(irmi_lexer *lexer);

/* Whether it is this word or punctuation. */
bool irmi_token_is(const irmi_token *token, const char *text);

/* Writes what a string or a name says, escapes resolved, without sigil, quotes or a NUL at the end;
 * text needs room for token->length bytes. Returns the length. */
size_t irmi_token_contents(const irmi_token *token, char *text);

/* What was found, for "expected X, found Y": '%x', end of file. Long tokens are cut. */
#define IRMI_TOKEN_ROOM 48
const char *irmi_token_describe(const irmi_token *token, char text[IRMI_TOKEN_ROOM]);

/* The bytes of the character that starts at text, before end: 1 to 4; 0 when it is not UTF-8. */
size_t irmi_utf8_length(const char *text, const char *end);
/* The same; 0 also for what controls, tabs and line ends aside, and for what is no character. */
size_t irmi_plain_length(const char *text, const char *end);

#endif
