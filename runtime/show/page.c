// Widths are columns of a terminal, taken from text_width; a line is broken at its last space that
// fits, and a word that is wider than the column within the word, between characters.
#include "runtime/show/page.h"

#include <string.h>

static void spaces(TextBuilder *out, uint32_t n) {
  while (n--) text_add_char(out, ' ');
}

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_dots(Text text, uint32_t i) {
  return i + 1 < text.n && text.at[i] == '.' && text.at[i + 1] == '.';
}

static bool begins_with(Text text, uint32_t i, const char *word) {
  size_t n = strlen(word);
  return i + n <= text.n && memcmp(text.at + i, word, n) == 0;
}

// Where a line may end: "68.4 %", "± 0.1", "0.8 points" and "2025-01-04 .. 2025-01-12" stay
// together.
static bool is_break(Text text, uint32_t i) {
  if (!is_space(text.at[i])) return false;
  if (is_dots(text, i + 1) || (i >= 2 && is_dots(text, i - 2))) return false;
  if (begins_with(text, i + 1, "%") || begins_with(text, i + 1, "±")) return false;
  if (begins_with(text, i + 1, "points")) return false;
  return !(i >= 2 && text.at[i - 2] == '\xC2' && text.at[i - 1] == '\xB1');
}

// Bytes of the character at `i`, of a text that is UTF-8.
static uint32_t character_at(Text text, uint32_t i) {
  uint32_t n = 1;
  while (i + n < text.n && ((unsigned char)text.at[i + n] & 0xC0) == 0x80) n++;
  return n;
}

// Takes the first line of at most `width` columns (at least one character) off the text. Looks at
// no more of it than the line holds, so that a title is wrapped in one pass however long it is.
static Text take_line(Text *rest, uint32_t width) {
  Text all = *rest;
  uint32_t end = 0, space = 0, taken = 0;
  while (end < all.n) {
    uint32_t n = character_at(all, end);
    taken += text_width((Text){all.at + end, n});
    if (taken > width && end) break;
    if (is_break(all, end)) space = end;
    end += n;
  }
  if (end < all.n && !is_break(all, end) && space) end = space;
  uint32_t after = end;
  while (after < all.n && is_space(all.at[after])) after++;
  *rest = (Text){all.at + after, all.n - after};
  while (end && is_space(all.at[end - 1])) end--;
  return (Text){all.at, end};
}

Columns page_columns(const Page *page, uint32_t indent, uint32_t label, uint32_t value,
                     uint32_t least) {
  uint32_t gap = label ? 2 : 0, taken = indent + gap + value;
  uint32_t left = page->width > taken ? page->width - taken : 0;
  if (left < least) left = least;
  if (label > left) label = left;
  return (Columns){.indent = indent, .label = label, .column = indent + label + gap};
}

// The label's line, the first `colored` bytes of it (0: all) in the columns' colour.
static void add_label(Page *page, Columns columns, Text line, uint32_t colored) {
  if (!colored || colored > line.n) colored = line.n;
  if (columns.color) page_color(page, page->out, columns.color);
  text_add_bytes(page->out, line.at, colored);
  if (columns.color) page_color(page, page->out, PAGE_PLAIN);
  text_add_bytes(page->out, line.at + colored, line.n - colored);
}

void page_row(Page *page, Columns columns, Text label, Text value) {
  uint32_t room = page->width > columns.column + 8 ? page->width - columns.column : 8;
  for (bool is_first = true; label.n || value.n; is_first = false) {
    uint32_t hang = is_first ? 0 : columns.hang;
    uint32_t at = 0;
    if (label.n) {
      Text line = take_line(&label, columns.label - hang);
      spaces(page->out, columns.indent + hang);
      if (is_first || !columns.colored) add_label(page, columns, line, columns.colored);
      else text_add_text(page->out, line);
      at = columns.indent + hang + text_width(line);
    }
    if (!label.n && value.n) {
      Text line = take_line(&value, room);
      spaces(page->out, columns.column - at);
      text_add_text(page->out, line);
    }
    text_add_char(page->out, '\n');
  }
}

void page_heading(Page *page, const char *heading) {
  text_add_char(page->out, '\n');
  page_color(page, page->out, PAGE_BOLD);
  text_add(page->out, heading);
  page_color(page, page->out, PAGE_PLAIN);
  text_add_char(page->out, '\n');
}

// Running text, at most PAGE_LINE columns wide.
static void add_running(Page *page, Text text, uint32_t indent) {
  uint32_t width = (page->width < PAGE_LINE ? page->width : PAGE_LINE) - indent;
  while (text.n) {
    Text line = take_line(&text, width);
    spaces(page->out, indent);
    text_add_text(page->out, line);
    text_add_char(page->out, '\n');
  }
}

void page_paragraph(Page *page, Text text) {
  add_running(page, text, 0);
}

void page_note(Page *page, Text text) {
  add_running(page, text, 2);
}

void page_color(const Page *page, TextBuilder *out, const char *sequence) {
  if (page->color) text_add(out, sequence);
}

Text page_shown(const Page *page, Text text) {
  TextBuilder b = {0};
  text_add(&b, "");
  for (uint32_t i = 0; i < text.n;) {
    uint32_t from = i;
    while (i < text.n && !is_space(text.at[i])) i++;
    text_add_shown(&b, (Text){text.at + from, i - from});
    uint32_t word_end = i;
    while (i < text.n && is_space(text.at[i])) i++;
    if (i > word_end && i < text.n && b.n) text_add_char(&b, ' ');
  }
  return text_builder_take(&b, page->arena);
}

Text page_padded(const Page *page, Text text, uint32_t width, bool to_the_right) {
  TextBuilder b = {0};
  uint32_t taken = text_width(text), missing = taken < width ? width - taken : 0;
  if (to_the_right) spaces(&b, missing);
  text_add_text(&b, text);
  if (!to_the_right) spaces(&b, missing);
  if (!b.at) text_add(&b, "");
  return text_builder_take(&b, page->arena);
}
