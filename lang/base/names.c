// The table of names: open addressing with linear probing, at most half full, so that a probe is
// short whatever the names. A slot holds an id, 0 where it is free; texts and hashes are kept by
// id, so that growing moves small numbers only.
//
//   slots   [ 0 | 2 | 0 | 1 | 0 | 3 | 0 | 0 ]      ids at hash & mask, or the next free slot
//   texts   [ "duma" | "bill" | "court" ]          by id - 1
#include "lang/base/names.h"

#include <stdlib.h>
#include <utf8proc.h>
#include <xxhash.h>

#include "lang/base/vec.h"

struct Names {
  Arena *arena;
  VEC(Text) texts;
  VEC(uint64_t) hashes;
  NameId *slots;
  uint32_t mask;
};

// Normal form C of a text. `owned` is to be freed; NULL where the text is normal as it stands.
// Bytes that are not UTF-8 are kept as they are.
typedef struct Normal {
  Text text;
  void *owned;
} Normal;

static bool text_is_ascii(Text text) {
  for (uint32_t i = 0; i < text.n; i++)
    if ((unsigned char)text.at[i] >= 0x80) return false;
  return true;
}

static Normal text_normalize(Text text) {
  if (text_is_ascii(text)) return (Normal){text, NULL};
  utf8proc_uint8_t *out = NULL;
  utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text.at, text.n, &out,
                                    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  if (n == UTF8PROC_ERROR_NOMEM) memory_exhausted();
  if (n < 0) return (Normal){text, NULL};
  return (Normal){{(const char *)out, (uint32_t)n}, out};
}

static uint64_t text_hash(Text text) {
  return XXH3_64bits(text.n ? text.at : "", text.n);
}

Names *names_new(Arena *arena) {
  Names *names = ARENA_NEW(arena, Names);
  names->arena = arena;
  names->mask = 63;
  names->slots = ARENA_ARRAY(arena, NameId, names->mask + 1);
  return names;
}

// The slot that holds the text, or the free one where it belongs.
static uint32_t names_slot(const Names *names, Text text, uint64_t hash) {
  uint32_t slot = (uint32_t)hash & names->mask;
  for (NameId id; (id = names->slots[slot]) != 0; slot = (slot + 1) & names->mask)
    if (names->hashes.items[id - 1] == hash && text_equal(names->texts.items[id - 1], text)) break;
  return slot;
}

static void names_grow(Names *names) {
  names->mask = 2 * names->mask + 1;
  names->slots = ARENA_ARRAY(names->arena, NameId, (size_t)names->mask + 1);
  for (NameId id = 1; id <= names->texts.n; id++) {
    uint32_t slot = (uint32_t)names->hashes.items[id - 1] & names->mask;
    while (names->slots[slot]) slot = (slot + 1) & names->mask;
    names->slots[slot] = id;
  }
}

NameId names_intern(Names *names, Text text) {
  Normal normal = text_normalize(text);
  uint64_t hash = text_hash(normal.text);
  uint32_t slot = names_slot(names, normal.text, hash);
  NameId id = names->slots[slot];
  if (!id) {
    vec_push(names->arena, &names->texts, text_copy(names->arena, normal.text));
    vec_push(names->arena, &names->hashes, hash);
    id = names->slots[slot] = names->texts.n;
    if (names->texts.n > names->mask / 2) names_grow(names);
  }
  free(normal.owned);
  return id;
}

NameId names_find(const Names *names, Text text) {
  Normal normal = text_normalize(text);
  NameId id = names->slots[names_slot(names, normal.text, text_hash(normal.text))];
  free(normal.owned);
  return id;
}

Text names_text(const Names *names, NameId id) {
  return id && id <= names->texts.n ? names->texts.items[id - 1] : TEXT("");
}

uint32_t names_count(const Names *names) {
  return names->texts.n;
}
