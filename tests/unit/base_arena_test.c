// Arenas: what is given out is zeroed, aligned and apart, whatever the sizes.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>
#include <string.h>

#include "lang/base/arena.h"
#include "lang/base/vec.h"

#define N_OBJECTS 3000

static size_t size_of_object(size_t i) {
  return i % 97 == 0 ? 40000 + i : i * 7 % 300;
}

static void objects_are_zeroed_aligned_and_apart(void **state) {
  (void)state;
  Arena *arena = arena_new();
  static unsigned char *objects[N_OBJECTS];
  for (size_t i = 0; i < N_OBJECTS; i++) {
    size_t n = size_of_object(i);
    objects[i] = arena_alloc(arena, n);
    assert_int_equal((uintptr_t)objects[i] % _Alignof(max_align_t), 0);
    for (size_t k = 0; k < n; k++) assert_int_equal(objects[i][k], 0);
    memset(objects[i], (int)(i % 251), n);
  }
  for (size_t i = 0; i < N_OBJECTS; i++)
    for (size_t k = 0; k < size_of_object(i); k++) assert_int_equal(objects[i][k], i % 251);
  arena_free(arena);
}

static void no_arena_may_be_freed(void **state) {
  (void)state;
  arena_free(NULL);
  arena_free(arena_new());
}

static void vectors_keep_their_items(void **state) {
  (void)state;
  Arena *arena = arena_new();
  VEC(int) in_arena = {0};
  VEC(int) on_heap = {0};
  for (int i = 0; i < 1000; i++) {
    vec_push(arena, &in_arena, i);
    list_push(&on_heap, i);
  }
  for (int i = 0; i < 1000; i++) {
    assert_int_equal(in_arena.items[i], i);
    assert_int_equal(on_heap.items[i], i);
  }
  list_free(&on_heap);
  assert_int_equal(on_heap.n, 0);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(objects_are_zeroed_aligned_and_apart),
      cmocka_unit_test(no_arena_may_be_freed),
      cmocka_unit_test(vectors_keep_their_items),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
