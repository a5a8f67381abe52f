// Memory that is freed all at once. A program (text, tree, declarations, diagnostics) lives in one
// arena, owned by whoever called `arena_new`; nothing in it is freed alone. A debug build gives
// every object its own malloc, so that the address sanitizer sees an overrun of a single object.
#pragma once
#include <stddef.h>

typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *arena);  // NULL is allowed

// Zeroed memory aligned for any type. Never NULL: without memory the process ends with one line and
// exit code 2 (`memory_exhausted`), which is the only such place beside the `memory_` functions
// below.
void *arena_alloc(Arena *arena, size_t size);

#define ARENA_NEW(arena, T) ((T *)arena_alloc((arena), sizeof(T)))
#define ARENA_ARRAY(arena, T, n) ((T *)arena_alloc((arena), sizeof(T) * (size_t)(n)))

// The growing functions of memory that does live shorter than a program: the world's tables,
// scratch.
void *memory_alloc(size_t n, size_t size);  // zeroed; n * size is checked
// realloc to n items; new bytes are not zeroed
void *memory_grow(void *old, size_t n, size_t size);
_Noreturn void memory_exhausted(void);
