// Names interned to small numbers, so that comparing names is comparing integers. Names are kept in
// normal form C. The table lives in its arena; its hash is xxHash.
#pragma once
#include "lang/base/text.h"

typedef uint32_t NameId;  // 0 is "no name"
typedef struct Names Names;

Names *names_new(Arena *arena);
NameId names_intern(Names *names, Text text);      // normalizes, copies
NameId names_find(const Names *names, Text text);  // 0 where it was never interned
Text names_text(const Names *names, NameId id);    // terminated
uint32_t names_count(const Names *names);          // ids are 1 .. count
