// Growable arrays: `VEC(T)` declares one, the macros below work on any. Two families: `vec_push`
// grows in an arena (the old block stays behind until the arena is freed), `list_push` grows by
// realloc and is freed with `list_free`.
#pragma once
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lang/base/arena.h"

#define VEC(T)    \
  struct {        \
    T *items;     \
    uint32_t n;   \
    uint32_t cap; \
  }

#define vec_push(arena, v, item)                                              \
  do {                                                                        \
    if ((v)->n == (v)->cap) {                                                 \
      uint32_t vec_cap_ = (v)->cap ? 2 * (v)->cap : 8;                        \
      void *vec_new_ = arena_alloc((arena), sizeof(*(v)->items) * vec_cap_);  \
      if ((v)->n) memcpy(vec_new_, (v)->items, sizeof(*(v)->items) * (v)->n); \
      (v)->items = vec_new_;                                                  \
      (v)->cap = vec_cap_;                                                    \
    }                                                                         \
    (v)->items[(v)->n++] = (item);                                            \
  } while (0)

#define list_push(v, item)                                                \
  do {                                                                    \
    if ((v)->n == (v)->cap) {                                             \
      (v)->cap = (v)->cap ? 2 * (v)->cap : 8;                             \
      (v)->items = memory_grow((v)->items, (v)->cap, sizeof *(v)->items); \
    }                                                                     \
    (v)->items[(v)->n++] = (item);                                        \
  } while (0)

#define list_free(v) (free((v)->items), (v)->items = NULL, (v)->n = (v)->cap = 0)
