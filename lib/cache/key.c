/* Keys: what an entry depends on, as text, hashed. A version number would not do: irmem and LLVM
 * are built and installed anew under the same one. */
#include "cache/cache.h"

#include <dlfcn.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>

/* The form of entries and of what is in them. */
#define FORMAT 1

void irmi_key_add_file(irmi_key_text *key, const char *path) {
  struct stat file;
  if (!path || stat(path, &file) != 0)
    fputs("no file\n", key->stream);
  else
    fprintf(key->stream, "file of %jd bytes, %jd.%09ld\n", (intmax_t)file.st_size,
            (intmax_t)file.st_ctim.tv_sec, file.st_ctim.tv_nsec);
}

void irmi_key_open(irmi_key_text *key) {
  Dl_info own;
  *key = (irmi_key_text){0};
  key->stream = open_memstream(&key->text, &key->bytes);
  fprintf(key->stream, "irmem %s, format %d\n", IRMEM_VERSION, FORMAT);
  irmi_key_add_file(key, dladdr((void *)IRMEM_VERSION, &own) ? own.dli_fname : NULL);
}

irmi_key irmi_key_close(irmi_key_text *key, const char *kind) {
  fclose(key->stream);
  irmi_key hashed = {XXH3_128bits(key->text, key->bytes), kind};
  free(key->text);
  return hashed;
}
