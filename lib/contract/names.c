/* Names of a program as names in C and C++. */
#include "contract/contract.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Words of C23 and C++23, and what the standard headers and compilers define besides, in order. */
static const char *const words[] = {
    "NAN",
    "NDEBUG",
    "NULL",
    "INFINITY",
    "alignas",
    "alignof",
    "and",
    "and_eq",
    "asm",
    "assert",
    "auto",
    "bitand",
    "bitor",
    "bool",
    "break",
    "case",
    "catch",
    "char",
    "char16_t",
    "char32_t",
    "char8_t",
    "class",
    "co_await",
    "co_return",
    "co_yield",
    "compl",
    "complex",
    "concept",
    "const",
    "const_cast",
    "consteval",
    "constexpr",
    "constinit",
    "continue",
    "decltype",
    "default",
    "delete",
    "do",
    "double",
    "dynamic_cast",
    "else",
    "enum",
    "errno",
    "explicit",
    "export",
    "extern",
    "false",
    "float",
    "for",
    "friend",
    "goto",
    "i386",
    "if",
    "imaginary",
    "inline",
    "int",
    "linux",
    "long",
    "mutable",
    "namespace",
    "new",
    "noexcept",
    "noreturn",
    "not",
    "not_eq",
    "nullptr",
    "offsetof",
    "operator",
    "or",
    "or_eq",
    "private",
    "protected",
    "public",
    "register",
    "reinterpret_cast",
    "requires",
    "restrict",
    "return",
    "short",
    "signed",
    "sizeof",
    "static",
    "static_assert",
    "static_cast",
    "stderr",
    "stdin",
    "stdout",
    "struct",
    "switch",
    "template",
    "this",
    "thread_local",
    "throw",
    "true",
    "try",
    "typedef",
    "typeid",
    "typename",
    "typeof",
    "typeof_unqual",
    "union",
    "unix",
    "unsigned",
    "using",
    "virtual",
    "void",
    "volatile",
    "wchar_t",
    "while",
    "xor",
    "xor_eq",
    "filled",
};

static bool is_word(const char *name) {
  for (size_t k = 0; k < sizeof words / sizeof *words; k++)
    if (strcmp(name, words[k]) == 0) return true;
  return false;
}

/* Types of stdint.h. */
static bool is_type(const char *name) {
  size_t length = strlen(name);
  return length > 2 && strcmp(name + length - 2, "_t") == 0;
}

/* How macros of the standard headers begin, and those of irmem: whatever is behind. */
static bool begins_as_macro(const char *name) {
  static const char *const starts[] = {"INT",    "UINT",  "SIZE_", "PTRDIFF_",
                                       "WCHAR_", "WINT_", "SIG_",  "IRM"};
  for (size_t k = 0; k < sizeof starts / sizeof *starts; k++)
    if (strncmp(name, starts[k], strlen(starts[k])) == 0) return true;
  return false;
}

static bool is_taken(const char *name, const irmi_text_set *taken) {
  return is_word(name) || is_type(name) || irmi_text_set_find(taken, name, strlen(name));
}

/* What no identifier has becomes an underscore; none is first. What would make a macro of the name
 * has a letter before it: nothing behind it would help. */
static char *spell(const char *text, size_t room, irmi_arena *arena) {
  char *name = irmi_arena_alloc(arena, room), *at = name;
  if (!isalpha((unsigned char)*text) || begins_as_macro(text)) *at++ = 'x';
  for (; *text; text++)
    *at++ = (char)(isalnum((unsigned char)*text) ? *text : '_');
  return name;
}

const char *irmi_contract_name(const char *text, irmi_text_set *taken, irmi_arena *arena) {
  size_t room = strlen(text) + 16;
  char *name = spell(text, room, arena);
  size_t length = strlen(name);
  for (unsigned k = 1; is_taken(name, taken); k++)
    snprintf(name + length, room - length, k == 1 ? "_" : "_%u", k);
  irmi_text_set_add(taken, name, strlen(name));
  return name;
}
