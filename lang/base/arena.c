// Arenas of growing blocks, bump-allocated. Blocks double up to a limit, so that a small program
// costs one malloc and a large one few; an object larger than a block gets a block of its own. With
// LEGIS_ARENA_DEBUG every object is a block of its own, and the address sanitizer sees an overrun
// of a single object.
#include "lang/base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define FIRST_BLOCK ((size_t)16 << 10)
#define LARGEST_BLOCK ((size_t)8 << 20)
#define HUGE_PAGE ((size_t)2 << 20)
#define ALIGNMENT _Alignof(max_align_t)

typedef struct Block {
  struct Block *older;
  size_t used, size;
  _Alignas(max_align_t) unsigned char bytes[];
} Block;

struct Arena {
  Block *newest;
  size_t next_size;
};

void memory_exhausted(void) {
  fputs("legis: out of memory\n", stderr);
  exit(2);
}

void *memory_alloc(size_t n, size_t size) {
  void *new = calloc(n ? n : 1, size ? size : 1);
  if (!new) memory_exhausted();
  return new;
}

void *memory_grow(void *old, size_t n, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(n, size, &bytes)) memory_exhausted();
  void *new = realloc(old, bytes ? bytes : 1);
  if (!new) memory_exhausted();
  return new;
}

Arena *arena_new(void) {
  Arena *arena = memory_alloc(1, sizeof *arena);
  arena->next_size = FIRST_BLOCK;
  return arena;
}

void arena_free(Arena *arena) {
  if (!arena) return;
  for (Block *block = arena->newest, *older; block; block = older) {
    older = block->older;
    free(block);
  }
  free(arena);
}

// A large block is touched once from end to end, page after page: large pages save most of that time. Only a wish: where
// the system has none or refuses, nothing is lost.
static void wish_large_pages(void *at, size_t bytes) {
#ifdef MADV_HUGEPAGE
  uintptr_t from = ((uintptr_t)at + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
  uintptr_t to = ((uintptr_t)at + bytes) / HUGE_PAGE * HUGE_PAGE;
  if (from < to) madvise((void *)from, to - from, MADV_HUGEPAGE);
#else
  (void)at, (void)bytes;
#endif
}

static Block *block_new(size_t size) {
  size_t bytes;
  if (__builtin_add_overflow(sizeof(Block), size, &bytes)) memory_exhausted();
  Block *block = calloc(1, bytes);
  if (!block) memory_exhausted();
  wish_large_pages(block, bytes);
  block->size = size;
  return block;
}

#ifdef LEGIS_ARENA_DEBUG

void *arena_alloc(Arena *arena, size_t size) {
  Block *block = block_new(size);
  block->older = arena->newest;
  arena->newest = block;
  return block->bytes;
}

#else

// A large object goes behind the newest block, which stays open for small ones.
static void *alloc_large(Arena *arena, size_t size) {
  Block *block = block_new(size);
  block->used = size;
  if (arena->newest) {
    block->older = arena->newest->older;
    arena->newest->older = block;
  } else {
    arena->newest = block;
  }
  return block->bytes;
}

void *arena_alloc(Arena *arena, size_t size) {
  if (size > SIZE_MAX - ALIGNMENT) memory_exhausted();
  size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  Block *block = arena->newest;
  if (!block || block->size - block->used < size) {
    if (size > arena->next_size / 4) return alloc_large(arena, size);
    block = block_new(arena->next_size);
    block->older = arena->newest;
    arena->newest = block;
    if (arena->next_size < LARGEST_BLOCK) arena->next_size *= 2;
  }
  void *at = block->bytes + block->used;
  block->used += size;
  return at;
}

#endif
