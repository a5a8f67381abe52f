// The layout of a text page: headings, and rows of a label and what belongs to it, both wrapped
// within their columns, so that nothing is cut off however narrow the page or long the title.
//
//   ..label that is  ....value that is too
//     too long           long as well
//   `indent`           `column`
#pragma once
#include "lang/base/text.h"

#define PAGE_LINE 100  // running text is no wider on the widest page

typedef struct Page {
  TextBuilder *out;
  Arena *arena;  // of the texts on the page; lives as long as the page is being made
  uint32_t width;
  bool color;
} Page;

typedef struct Columns {
  uint32_t indent;    // of the label
  uint32_t label;     // its width
  uint32_t column;    // where the value starts
  const char *color;  // of the label; NULL for none
  uint32_t hang;      // further indent of the label's later lines, less than its width
  uint32_t colored;   // bytes of its first line that are coloured; 0: all of it
} Columns;

// For labels and values of these widths at most: where the page is too narrow for both, the values
// get what they need first, but the labels keep `least` columns of it.
Columns page_columns(const Page *page, uint32_t indent, uint32_t label, uint32_t value,
                     uint32_t least);
// The value starts on the label's last line. Either may be empty.
void page_row(Page *page, Columns columns, Text label, Text value);
void page_heading(Page *page, const char *heading);  // an empty line before it
void page_paragraph(Page *page, Text text);
void page_note(Page *page, Text text);  // a paragraph below a table, indented like its rows
void page_color(const Page *page, TextBuilder *out,
                const char *sequence);  // nothing without colours
Text page_shown(const Page *page,
                Text text);  // white space as one space, what steers a terminal as \u{…}
Text page_padded(const Page *page, Text text, uint32_t width, bool to_the_right);

static inline uint32_t page_wider(uint32_t a, uint32_t b) {
  return a > b ? a : b;
}

#define PAGE_BOLD "\033[1m"
#define PAGE_GREEN "\033[32m"
#define PAGE_RED "\033[31m"
#define PAGE_YELLOW "\033[33m"
#define PAGE_PLAIN "\033[0m"
