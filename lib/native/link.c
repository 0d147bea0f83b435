/* Linking a relocatable object into this process: sections are laid out in one block of pages,
 * relocations applied, and the pages given their rights; none is writable and executable at once.
 *
 * Why not a library: what is kept of a program must run without LLVM, which takes longer to load
 * than all of this by far. libtcc links objects in memory, but maps pages that are writable and
 * executable and keeps its state in globals; the system's linker, as a program, need not be there,
 * and starting programs is not for a library to do. Emitted code is position independent, so that
 * few kinds of relocation occur: all that x86-64 needs are here. Other machines, and what else is
 * not linked here, take LLVM's way (emit/jit.c).
 *
 * Nothing of the object is believed: every offset, size and index is checked. */
#include "native/link.h"

#include "native/symbols.h"

#include <elf.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Sections lie in the image by the rights of their pages. */
typedef enum rights { RIGHTS_CODE, RIGHTS_READ, RIGHTS_WRITE, RIGHTS_COUNT } rights;

/* A jump through the address beside it: calls reach 2 GB only. */
enum { STUB_BYTES = 16, SLOT_BYTES = 8, MOST_SECTIONS = 4096 };

typedef struct linker {
  const irm_allocator *allocator;
  const uint8_t *object;
  size_t bytes;
  const Elf64_Shdr *sections;
  uint32_t section_count;
  const Elf64_Sym *symbols;
  uint64_t symbol_count;
  const char *names;
  uint64_t name_bytes;
  uint64_t *places;            /* by section: where in the image; UNPLACED: nowhere */
  uint64_t ends[RIGHTS_COUNT]; /* of the pages with those rights */
  uint64_t stubs, slots;       /* one a symbol: where in the image they begin */
  uint8_t *image;
} linker;

#define UNPLACED UINT64_MAX

/* Reading ------------------------------------------------------------------------------------- */

static bool has_range(const linker *l, uint64_t offset, uint64_t bytes) {
  return offset <= l->bytes && bytes <= l->bytes - offset;
}

static bool has_table(const linker *l, const Elf64_Shdr *section, size_t entry_bytes) {
  return section->sh_entsize == entry_bytes && section->sh_offset % 8 == 0 &&
         has_range(l, section->sh_offset, section->sh_size);
}

static const char *read_header(linker *l) {
  const Elf64_Ehdr *header = (const Elf64_Ehdr *)l->object;
  if (l->bytes < sizeof *header || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0)
    return "it is no object";
  if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB ||
      header->e_type != ET_REL || header->e_machine != EM_X86_64)
    return "it is of another machine";
  l->section_count = header->e_shnum;
  if (header->e_shentsize != sizeof(Elf64_Shdr) || header->e_shoff % 8 != 0 ||
      l->section_count > MOST_SECTIONS ||
      !has_range(l, header->e_shoff, l->section_count * sizeof(Elf64_Shdr)))
    return "its sections are not in it";
  l->sections = (const Elf64_Shdr *)(l->object + header->e_shoff);
  return NULL;
}

static const char *read_symbols(linker *l) {
  for (uint32_t k = 0; k < l->section_count; k++) {
    const Elf64_Shdr *section = &l->sections[k];
    if (section->sh_type != SHT_SYMTAB) continue;
    if (!has_table(l, section, sizeof(Elf64_Sym)) || section->sh_link >= l->section_count)
      return "its symbols are not in it";
    const Elf64_Shdr *names = &l->sections[section->sh_link];
    if (!has_range(l, names->sh_offset, names->sh_size) || names->sh_size == 0 ||
        l->object[names->sh_offset + names->sh_size - 1] != '\0')
      return "its names are not in it";
    l->symbols = (const Elf64_Sym *)(l->object + section->sh_offset);
    l->symbol_count = section->sh_size / sizeof(Elf64_Sym);
    l->names = (const char *)l->object + names->sh_offset;
    l->name_bytes = names->sh_size;
    return NULL;
  }
  return "it has no symbols";
}

static const char *name_of(const linker *l, const Elf64_Sym *symbol) {
  return symbol->st_name < l->name_bytes ? l->names + symbol->st_name : "";
}

/* Layout --------------------------------------------------------------------------------------- */

static bool is_placed(const Elf64_Shdr *section) {
  return (section->sh_flags & SHF_ALLOC) && section->sh_type != SHT_X86_64_UNWIND &&
         section->sh_type != SHT_NOTE;
}

static rights rights_of(const Elf64_Shdr *section) {
  if (section->sh_flags & SHF_EXECINSTR) return RIGHTS_CODE;
  return section->sh_flags & SHF_WRITE ? RIGHTS_WRITE : RIGHTS_READ;
}

static uint64_t round_up(uint64_t bytes, uint64_t unit) {
  return (bytes + unit - 1) / unit * unit;
}

static const char *check_section(const linker *l, const Elf64_Shdr *section, uint64_t page) {
  uint64_t align = section->sh_addralign;
  if (section->sh_flags & (SHF_TLS | SHF_COMPRESSED)) return "it has thread-local data";
  if (align > page || (align & (align - 1))) return "a section's alignment is none";
  bool there = section->sh_type == SHT_NOBITS ? section->sh_size <= UINT32_MAX
                                              : has_range(l, section->sh_offset, section->sh_size);
  return there ? NULL : "a section is not in it";
}

/* Sections of some rights from *at on. */
static const char *place_sections(linker *l, rights wanted, uint64_t page, uint64_t *at) {
  for (uint32_t k = 0; k < l->section_count; k++) {
    const Elf64_Shdr *section = &l->sections[k];
    if (!is_placed(section) || rights_of(section) != wanted) continue;
    const char *why = check_section(l, section, page);
    if (why) return why;
    *at = round_up(*at, section->sh_addralign ? section->sh_addralign : 1);
    l->places[k] = *at;
    *at += section->sh_size;
  }
  return NULL;
}

/* Stubs are behind the code, addresses before data that is only read: they are final when pages
 * get their rights. */
static const char *lay_out(linker *l) {
  uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE), at = 0;
  memset(l->places, 0xff, l->section_count * sizeof *l->places);
  for (rights kind = RIGHTS_CODE; kind < RIGHTS_COUNT; kind++) {
    if (kind == RIGHTS_READ) l->slots = at, at += l->symbol_count * SLOT_BYTES;
    const char *why = place_sections(l, kind, page, &at);
    if (why) return why;
    if (kind == RIGHTS_CODE) {
      l->stubs = round_up(at, STUB_BYTES);
      at = l->stubs + l->symbol_count * STUB_BYTES;
    }
    l->ends[kind] = at = round_up(at, page);
    if (at > INT32_MAX) return "it is too large";
  }
  return NULL;
}

/* Symbols -------------------------------------------------------------------------------------- */

static bool is_defined(const linker *l, const Elf64_Sym *symbol) {
  return symbol->st_shndx != SHN_UNDEF && symbol->st_shndx < l->section_count &&
         l->places[symbol->st_shndx] != UNPLACED &&
         symbol->st_value <= l->sections[symbol->st_shndx].sh_size;
}

static uint8_t *address_of(const linker *l, const Elf64_Sym *symbol) {
  if (is_defined(l, symbol)) return l->image + l->places[symbol->st_shndx] + symbol->st_value;
  return symbol->st_shndx == SHN_UNDEF ? irmi_symbol_find(name_of(l, symbol)) : NULL;
}

/* The symbol's address as data, and code that jumps there. */
static void write_stub(const linker *l, uint64_t number, const uint8_t *address) {
  uint64_t slot = l->slots + number * SLOT_BYTES, stub = l->stubs + number * STUB_BYTES;
  uint8_t jump[STUB_BYTES] = {0xff, 0x25}; /* jmp *distance(%rip) */
  int32_t distance = (int32_t)((int64_t)slot - (int64_t)(stub + 6));
  memcpy(jump + 2, &distance, sizeof distance);
  memset(jump + 6, 0xcc, sizeof jump - 6);
  memcpy(l->image + stub, jump, sizeof jump);
  memcpy(l->image + slot, &address, sizeof address);
}

/* Relocations ---------------------------------------------------------------------------------- */

static const char *write_distance(uint8_t *at, uint64_t address) {
  int64_t distance = (int64_t)(address - (uintptr_t)at);
  int32_t narrow = (int32_t)distance;
  memcpy(at, &narrow, sizeof narrow);
  return narrow == distance ? NULL : "an address is out of reach";
}

/* Sums wrap, whatever the addend is: what they give is a distance that is too far. */
static const char *relocate(const linker *l, uint8_t *at, uint32_t kind, uint64_t number,
                            uint64_t addend) {
  const Elf64_Sym *symbol = &l->symbols[number];
  const uint8_t *found = address_of(l, symbol);
  if (!found) return "it refers to what is not in this process";
  write_stub(l, number, found);
  uint64_t own = (uintptr_t)l->image, address = (uintptr_t)found + addend;
  switch (kind) {
  case R_X86_64_64: memcpy(at, &address, sizeof address); return NULL;
  case R_X86_64_PLT32:
    if (!is_defined(l, symbol)) address = own + l->stubs + number * STUB_BYTES + addend;
    return write_distance(at, address);
  case R_X86_64_PC32: return write_distance(at, address);
  case R_X86_64_GOTPCREL:
  case R_X86_64_GOTPCRELX:
  case R_X86_64_REX_GOTPCRELX:
    return write_distance(at, own + l->slots + number * SLOT_BYTES + addend);
  default: return "it has a relocation of a kind that is not linked here";
  }
}

static const char *relocate_section(const linker *l, const Elf64_Shdr *table) {
  if (table->sh_info >= l->section_count || l->places[table->sh_info] == UNPLACED) return NULL;
  const Elf64_Shdr *section = &l->sections[table->sh_info];
  if (!has_table(l, table, sizeof(Elf64_Rela)) || section->sh_type == SHT_NOBITS)
    return "its relocations are not in it";
  const Elf64_Rela *entries = (const Elf64_Rela *)(l->object + table->sh_offset);
  for (uint64_t k = 0; k < table->sh_size / sizeof *entries; k++) {
    uint32_t kind = ELF64_R_TYPE(entries[k].r_info);
    uint64_t number = ELF64_R_SYM(entries[k].r_info), offset = entries[k].r_offset;
    uint64_t width = kind == R_X86_64_64 ? 8 : 4;
    if (number >= l->symbol_count || offset > section->sh_size || width > section->sh_size - offset)
      return "a relocation is outside its section";
    uint8_t *at = l->image + l->places[table->sh_info] + offset;
    const char *why = relocate(l, at, kind, number, (uint64_t)entries[k].r_addend);
    if (why) return why;
  }
  return NULL;
}

/* The image ------------------------------------------------------------------------------------ */

static void copy_sections(const linker *l) {
  for (uint32_t k = 0; k < l->section_count; k++)
    if (l->places[k] != UNPLACED && l->sections[k].sh_type != SHT_NOBITS)
      memcpy(l->image + l->places[k], l->object + l->sections[k].sh_offset, l->sections[k].sh_size);
}

static const char *relocate_all(const linker *l) {
  for (uint32_t k = 0; k < l->section_count; k++) {
    if (l->sections[k].sh_type == SHT_REL) return "it has relocations without addends";
    const char *why =
        l->sections[k].sh_type == SHT_RELA ? relocate_section(l, &l->sections[k]) : NULL;
    if (why) return why;
  }
  return NULL;
}

static bool protect(const linker *l) {
  uint64_t code = l->ends[RIGHTS_CODE], read = l->ends[RIGHTS_READ];
  return mprotect(l->image, code, PROT_READ | PROT_EXEC) == 0 &&
         (read == code || mprotect(l->image + code, read - code, PROT_READ) == 0);
}

static void *find_function(const linker *l, const char *name) {
  for (uint64_t k = 0; k < l->symbol_count; k++) {
    const Elf64_Sym *symbol = &l->symbols[k];
    if (ELF64_ST_TYPE(symbol->st_info) == STT_FUNC && is_defined(l, symbol) &&
        l->places[symbol->st_shndx] < l->ends[RIGHTS_CODE] && strcmp(name_of(l, symbol), name) == 0)
      return address_of(l, symbol);
  }
  return NULL;
}

static const char *make_image(linker *l, irmi_image *image, const char *name, void **function) {
  const char *why = lay_out(l);
  if (why) return why;
  uint64_t bytes = l->ends[RIGHTS_WRITE];
  void *pages = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) return "there is no memory for it";
  *image = (irmi_image){pages, bytes};
  l->image = pages;
  copy_sections(l);
  why = relocate_all(l);
  if (!why && !(*function = find_function(l, name))) why = "the function is not in it";
  if (!why && !protect(l)) why = "pages cannot be made executable";
  return why;
}

const char *irmi_link(irmi_image *image, const irm_allocator *allocator, const void *object,
                      size_t bytes, const char *name, void **function) {
  linker l = {.allocator = allocator, .object = object, .bytes = bytes};
  *image = (irmi_image){NULL, 0};
#ifndef __x86_64__
  return "this machine's objects are not linked here";
#endif
  const char *why = read_header(&l);
  if (!why) why = read_symbols(&l);
  if (why) return why;
  l.places = irmi_calloc(allocator, l.section_count, sizeof *l.places);
  why = make_image(&l, image, name, function);
  irmi_free(allocator, l.places, l.section_count * sizeof *l.places);
  if (why) irmi_unlink(image);
  return why;
}

void irmi_unlink(irmi_image *image) {
  if (image->pages) munmap(image->pages, image->bytes);
  *image = (irmi_image){NULL, 0};
}
