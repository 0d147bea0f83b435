/* Names separated by commas. */
#include "settings.h"

#include <stdlib.h>
#include <string.h>

name_list name_list_split(const char *text) {
  name_list list = {calloc(strlen(text) + 1, sizeof *list.items), 0};
  for (const char *at = text; *at; at += *at == ',') {
    size_t length = strcspn(at, ",");
    list.items[list.count++] = strndup(at, length);
    at += length;
  }
  return list;
}

void name_list_release(name_list *list) {
  for (size_t i = 0; i < list->count; i++)
    free(list->items[i]);
  free(list->items);
}
