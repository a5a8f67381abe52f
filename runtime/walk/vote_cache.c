// Open addressing over xxHash of the key bytes; keys lie one after the other in one buffer. The cache is emptied when it
// grows beyond its limit (uncertain numbers make every vote a new one).
#include "runtime/walk/vote_cache.h"

#include <stdlib.h>
#include <xxhash.h>

enum { MAX_ENTRIES = 1 << 16 };

typedef struct Entry {
  uint64_t hash;
  size_t key;  // offset
  uint32_t key_n;
  bool is_used;
  VoteChance chance;
} Entry;

struct VoteCache {
  Entry *entries;
  uint32_t cap, n;
  unsigned char *keys;
  size_t keys_n, keys_cap;
  VEC(VoteTable) tables;  // a list
  VoteSums *sums;
};

VoteCache *vote_cache_new(void) {
  VoteCache *cache = memory_alloc(1, sizeof *cache);
  cache->cap = 256;
  cache->sums = vote_sums_new();
  cache->entries = memory_alloc(cache->cap, sizeof *cache->entries);
  return cache;
}

void vote_cache_free(VoteCache *cache) {
  if (!cache) return;
  for (uint32_t i = 0; i < cache->tables.n; i++) {
    free(cache->tables.items[i].is_known);
    free(cache->tables.items[i].chance);
    free(cache->tables.items[i].threshold);
  }
  list_free(&cache->tables);
  vote_sums_free(cache->sums);
  free(cache->entries);
  free(cache->keys);
  free(cache);
}

static Entry *entry_at(const VoteCache *cache, uint64_t hash, const void *key, uint32_t n) {
  uint32_t slot = (uint32_t)hash & (cache->cap - 1);
  while (cache->entries[slot].is_used) {
    Entry *e = &cache->entries[slot];
    if (e->hash == hash && e->key_n == n && !memcmp(cache->keys + e->key, key, n)) return e;
    slot = (slot + 1) & (cache->cap - 1);
  }
  return &cache->entries[slot];
}

static void cache_grow(VoteCache *cache) {
  Entry *old = cache->entries;
  uint32_t n_old = cache->cap;
  bool is_full = cache->n >= MAX_ENTRIES;
  if (!is_full) cache->cap *= 2;
  cache->entries = memory_alloc(cache->cap, sizeof *cache->entries);
  if (is_full) cache->n = 0, cache->keys_n = 0;
  for (uint32_t i = 0; !is_full && i < n_old; i++) {
    if (!old[i].is_used) continue;
    uint32_t slot = (uint32_t)old[i].hash & (cache->cap - 1);
    while (cache->entries[slot].is_used) slot = (slot + 1) & (cache->cap - 1);
    cache->entries[slot] = old[i];
  }
  free(old);
}

static size_t keep_key(VoteCache *cache, const void *key, size_t n) {
  while (cache->keys_n + n > cache->keys_cap) {
    cache->keys_cap = cache->keys_cap ? 2 * cache->keys_cap : 4096;
    cache->keys = memory_grow(cache->keys, cache->keys_cap, 1);
  }
  memcpy(cache->keys + cache->keys_n, key, n);
  cache->keys_n += n;
  return cache->keys_n - n;
}

typedef struct KeyHead {
  const Act *act;
  uint64_t seats;
} KeyHead;

// Packed field by field, so that padding never decides.
static uint32_t pack_bloc(const VoteBloc *bloc, double *to) {
  const double fields[] = {bloc->seats,   bloc->is_free, bloc->line[0],  bloc->line[1],
                           bloc->line[2], bloc->line[3], bloc->free_yes, bloc->turnout,
                           bloc->loyalty, bloc->abstain};
  memcpy(to, fields, sizeof fields);
  return sizeof fields / sizeof *fields;
}

void vote_cache_chance(VoteCache *cache, const Act *act, const Vote *vote, VoteChance *out) {
  double fixed[128];
  size_t size = sizeof(KeyHead) + 10 * sizeof(double) * vote->n_blocs;
  double *key = size <= sizeof fixed ? fixed : memory_alloc(1, size);
  KeyHead head = {act, vote->seats};
  memcpy(key, &head, sizeof head);
  uint32_t at = sizeof head / sizeof *key;
  for (uint32_t i = 0; i < vote->n_blocs; i++) at += pack_bloc(&vote->blocs[i], key + at);
  uint64_t hash = XXH3_64bits(key, size);
  Entry *e = entry_at(cache, hash, key, (uint32_t)size);
  if (!e->is_used) {
    if (2 * cache->n >= cache->cap) {
      cache_grow(cache);
      e = entry_at(cache, hash, key, (uint32_t)size);
    }
    *e = (Entry){
        .hash = hash, .key = keep_key(cache, key, size), .key_n = (uint32_t)size, .is_used = true};
    vote_chance(vote, cache->sums, &e->chance);
    cache->n++;
  }
  *out = e->chance;
  if (key != fixed) free(key);
}

uint64_t vote_cache_work(const VoteCache *cache) {
  return vote_sums_work(cache->sums);
}

VoteTable *vote_cache_table(VoteCache *cache, const Act *act, uint64_t shape, uint32_t n_codes) {
  for (uint32_t i = 0; i < cache->tables.n; i++) {
    VoteTable *table = &cache->tables.items[i];
    if (table->act == act && table->shape == shape) return table;
  }
  VoteTable table = {.act = act,
                     .shape = shape,
                     .n_codes = n_codes,
                     .is_known = memory_alloc(n_codes, sizeof *table.is_known),
                     .chance = memory_alloc(n_codes, sizeof *table.chance),
                     .threshold = memory_alloc(n_codes, sizeof *table.threshold)};
  list_push(&cache->tables, table);
  return &cache->tables.items[cache->tables.n - 1];
}
