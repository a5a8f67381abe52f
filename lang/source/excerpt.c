// The line is turned into cells (a character as shown and the columns it takes) only within a
// window, so that a line of many megabytes costs no more than a short one. What a mark reaches
// outside the window is cut with it.
//
//    14 | …a  majority of seats…
//       |     ^^^^^^^^ of what?
//       |     |
#include "lang/source/excerpt.h"

#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

#define WIDEST 120      // columns of a line that is shown whole
#define BEFORE_MARK 40  // columns before the first mark, and columns in all, of one that is not
#define WINDOW 100
#define WINDOW_BYTES 4096  // combining characters take no columns, but are not free

// The window [from, to) in bytes. What was cut is shown as one column on its side.
typedef struct Window {
  uint32_t from, to;
  bool cut_before, cut_behind;
} Window;

static uint32_t char_length(Text line, uint32_t i) {
  utf8proc_int32_t c;
  utf8proc_ssize_t n =
      utf8proc_iterate((const utf8proc_uint8_t *)line.at + i, (utf8proc_ssize_t)(line.n - i), &c);
  return n > 0 ? (uint32_t)n : 1;
}

static uint32_t shown_width(Text line, uint32_t i, uint32_t n) {
  TextBuilder b = {0};
  text_add_shown(&b, (Text){line.at + i, n});
  uint32_t width = text_width((Text){b.at, (uint32_t)b.n});
  text_builder_free(&b);
  return width;
}

// The end of as many whole characters from `from` as fit into some columns.
static uint32_t fit_forward(Text line, uint32_t from, uint32_t columns) {
  uint32_t i = from, used = 0;
  while (i < line.n && i - from < WINDOW_BYTES) {
    uint32_t n = char_length(line, i);
    used += shown_width(line, i, n);
    if (used > columns) break;
    i += n;
  }
  return i;
}

static uint32_t fit_backward(Text line, uint32_t from, uint32_t columns) {
  uint32_t i = from, used = 0;
  while (i > 0 && used < columns && from - i < WINDOW_BYTES) {
    uint32_t start = i - 1;
    while (start > 0 && i - start < 4 && ((unsigned char)line.at[start] & 0xC0) == 0x80) start--;
    used += shown_width(line, start, i - start);
    i = start;
  }
  return i;
}

static Window line_window(Text line, const Mark *first) {
  uint32_t end = fit_forward(line, 0, WIDEST);
  if (end == line.n) return (Window){0, line.n, false, false};
  uint32_t from = fit_backward(line, first->from < line.n ? first->from : line.n, BEFORE_MARK);
  uint32_t to = fit_forward(line, from, WINDOW);
  return (Window){from, to, from > 0, to < line.n};
}

// The column of a byte of the line, cut to the window.
static uint32_t window_column(Text line, const Window *window, uint32_t byte) {
  if (byte < window->from) return 0;
  uint32_t column = window->cut_before;
  uint32_t end = byte < window->to ? byte : window->to;
  column += shown_width(line, window->from, end - window->from);
  return column;
}

typedef struct Columns {
  uint32_t from, to;
  Text text;
} Columns;

static int mark_compare(const void *left, const void *right) {
  const Mark *a = left, *b = right;
  if (a->from != b->from) return a->from < b->from ? -1 : 1;
  return (a->to > b->to) - (a->to < b->to);
}

static void columns_of(Text line, const Window *window, const Mark *mark, Columns *out) {
  out->from = window_column(line, window, mark->from);
  out->to = mark->to > mark->from ? window_column(line, window, mark->to) : out->from;
  if (out->to <= out->from) out->to = out->from + 1;
  out->text = mark->text;
}

static void add_spaces(TextBuilder *out, uint32_t n) {
  while (n--) text_add_char(out, ' ');
}

// The rows under a line: as far in as the line itself, whose number may be wider than the gutter.
typedef struct Rows {
  TextBuilder *out;
  uint32_t gutter;
  Text color;
} Rows;

static void start_row(const Rows *rows) {
  add_spaces(rows->out, rows->gutter);
  text_add(rows->out, " | ");
  text_add_text(rows->out, rows->color);
}

static void end_row(const Rows *rows) {
  if (rows->color.n) text_add(rows->out, "\x1b[0m");
  text_add_char(rows->out, '\n');
}

// The row of carets. The rightmost mark's text follows it where no other mark reaches beyond; true
// then.
static bool add_carets(const Rows *rows, const Columns *marks, uint32_t n) {
  TextBuilder *out = rows->out;
  uint32_t width = 0;
  for (uint32_t i = 0; i < n; i++)
    if (marks[i].to > width) width = marks[i].to;
  start_row(rows);
  for (uint32_t column = 0; column < width; column++) {
    bool marked = false;
    for (uint32_t i = 0; i < n && !marked; i++)
      marked = marks[i].from <= column && column < marks[i].to;
    text_add_char(out, marked ? '^' : ' ');
  }
  bool follows = marks[n - 1].text.n && marks[n - 1].to == width;
  if (follows) {
    text_add_char(out, ' ');
    text_add_shown(out, marks[n - 1].text);
  }
  end_row(rows);
  return follows;
}

// The texts that found no room behind the carets, each under its mark, from the right to the left.
static void add_texts(const Rows *rows, const Columns *marks, uint32_t n) {
  TextBuilder *out = rows->out;
  for (uint32_t i = n; i-- > 0;) {
    if (!marks[i].text.n) continue;
    uint32_t column = 0;
    start_row(rows);
    for (uint32_t left = 0; left < i; left++) {
      if (!marks[left].text.n || marks[left].from < column || marks[left].from >= marks[i].from)
        continue;
      add_spaces(out, marks[left].from - column);
      text_add_char(out, '|');
      column = marks[left].from + 1;
    }
    add_spaces(out, marks[i].from - column);
    text_add_shown(out, marks[i].text);
    end_row(rows);
  }
}

void excerpt_add(TextBuilder *out, Text line, uint32_t number, Mark *marks, uint32_t n,
                 Text color) {
  Window window = line_window(line, &marks[0]);
  qsort(marks, n, sizeof *marks, mark_compare);
  text_addf(out, "%5u | %s", number, window.cut_before ? "…" : "");
  text_add_shown(out, (Text){line.at + window.from, window.to - window.from});
  text_add(out, window.cut_behind ? "…\n" : "\n");
  Columns *columns = memory_alloc(n, sizeof *columns);
  for (uint32_t i = 0; i < n; i++) columns_of(line, &window, &marks[i], &columns[i]);
  int n_digits = snprintf(NULL, 0, "%5u", number);
  Rows rows = {out, (uint32_t)n_digits, color};
  bool last_is_told = add_carets(&rows, columns, n);
  add_texts(&rows, columns, last_is_told ? n - 1 : n);
  free(columns);
}
