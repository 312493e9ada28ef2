/* json.h: as much JSON as a plugin needs. A writer that escapes, and a reader that finds members by name.
 *
 *   json_writer out = {0};
 *   json_open(&out, '{'), json_text(&out, "title", "Nosferatu"), json_integer(&out, "year", 1922);
 *   json_close(&out, '}');
 *   if (!out.failed) use(out.text, out.size);
 *   free(out.text);
 *
 *   json_value request = json_parse(text, size);       // .at is NULL when this is no JSON
 *   json_value title = json_member(request, "title");  // .at is NULL when there is no such member
 *   char buffer[200];
 *   if (json_get_text(title, buffer, sizeof buffer)) use(buffer);
 *
 * Text is UTF-8 on both sides. Nothing here keeps state, so every thread may use it.
 */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JSON_UNUSED __attribute__((unused)) static

typedef struct json_writer {
  char *text; /* free() it; not NUL-ended */
  size_t size;
  size_t capacity;
  bool failed; /* no memory was left: the text is not complete */
} json_writer;

JSON_UNUSED void json_raw(json_writer *out, const char *text, size_t size) {
  if (out->failed) return;
  if (out->capacity - out->size < size) {
    size_t capacity = (out->capacity + size) * 2;
    char *grown = realloc(out->text, capacity);
    if (grown == NULL) {
      out->failed = true;
      return;
    }
    out->text = grown;
    out->capacity = capacity;
  }
  memcpy(out->text + out->size, text, size);
  out->size += size;
}

/* How many bytes the UTF-8 character at `text` has; 0 when it is none. */
JSON_UNUSED size_t json_character(const unsigned char *text, size_t size) {
  unsigned char first = text[0];
  size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  if (length == 0 || length > size) return 0;
  for (size_t i = 1; i < length; i++) {
    if ((text[i] & 0xC0) != 0x80) return 0;
  }
  unsigned char second = length > 1 ? text[1] : 0x80;
  bool is_too_long = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  bool is_no_character = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
  return is_too_long || is_no_character ? 0 : length;
}

/* A text in quotes; what is not UTF-8 becomes U+FFFD. */
JSON_UNUSED void json_quoted(json_writer *out, const char *text, size_t size) {
  const unsigned char *at = (const unsigned char *)text;
  const unsigned char *end = at + size;
  json_raw(out, "\"", 1);
  while (at < end) {
    size_t length = json_character(at, (size_t)(end - at));
    if (length == 0) {
      json_raw(out, "\xEF\xBF\xBD", 3);
      length = 1;
    } else if (*at == '"' || *at == '\\') {
      char escape[2] = {'\\', (char)*at};
      json_raw(out, escape, 2);
    } else if (*at < 0x20) {
      char escape[8];
      snprintf(escape, sizeof escape, "\\u%04x", *at);
      json_raw(out, escape, 6);
    } else {
      json_raw(out, (const char *)at, length);
    }
    at += length;
  }
  json_raw(out, "\"", 1);
}

/* The comma and the name that go before a value; `name` is NULL inside a list. */
JSON_UNUSED void json_name(json_writer *out, const char *name) {
  if (out->size > 0 && strchr("{[:,", out->text[out->size - 1]) == NULL) json_raw(out, ",", 1);
  if (name != NULL) {
    json_quoted(out, name, strlen(name));
    json_raw(out, ":", 1);
  }
}

/* Begins an object '{' or a list '[' as the value of json_name(), as an element, or as the whole document. */
JSON_UNUSED void json_open(json_writer *out, char bracket) {
  json_name(out, NULL);
  json_raw(out, &bracket, 1);
}

JSON_UNUSED void json_close(json_writer *out, char bracket) { json_raw(out, &bracket, 1); }
JSON_UNUSED void json_text(json_writer *out, const char *name, const char *text) {
  json_name(out, name);
  json_quoted(out, text, strlen(text));
}

JSON_UNUSED void json_integer(json_writer *out, const char *name, long long value) {
  char digits[24];
  int length = snprintf(digits, sizeof digits, "%lld", value);
  json_name(out, name);
  json_raw(out, digits, (size_t)length);
}

/* A value inside a text that somebody else keeps; `at` is NULL when there is none. */
typedef struct json_value {
  const char *at;
  const char *end;
} json_value;
#define JSON_DEPTH 64 /* values nested deeper are refused */

JSON_UNUSED const char *json_blank(const char *at, const char *end) {
  while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')) at++;
  return at;
}

/* The number that four hex digits say; -1 when they are none. */
JSON_UNUSED int32_t json_hex(const char *at, const char *end) {
  static const char digits[] = "0123456789abcdef0123456789ABCDEF";
  int32_t value = 0;
  for (int i = 0; i < 4; i++) {
    const char *digit = at + i < end ? memchr(digits, at[i], 32) : NULL;
    if (digit == NULL) return -1;
    value = value * 16 + (int32_t)((digit - digits) % 16);
  }
  return value;
}

/* The end of the text in quotes at `at`; NULL when it is none. */
JSON_UNUSED const char *json_skip_text(const char *at, const char *end) {
  if (at >= end || *at != '"') return NULL;
  at++;
  while (at < end && *at != '"') {
    if ((unsigned char)*at < 0x20) return NULL;
    if (*at == '\\') {
      if (at + 1 >= end || memchr("\"\\/bfnrtu", at[1], 9) == NULL) return NULL;
      if (at[1] == 'u' && json_hex(at + 2, end) < 0) return NULL;
      at += 2;
      continue;
    }
    size_t length = json_character((const unsigned char *)at, (size_t)(end - at));
    if (length == 0) return NULL;
    at += length;
  }
  return at < end ? at + 1 : NULL;
}

JSON_UNUSED const char *json_skip_digits(const char *at, const char *end) {
  const char *first = at;
  while (at < end && *at >= '0' && *at <= '9') at++;
  return at > first ? at : NULL;
}

JSON_UNUSED const char *json_skip_number(const char *at, const char *end) {
  if (*at == '-') at++;
  const char *first = at;
  at = json_skip_digits(at, end);
  if (at == NULL || (*first == '0' && at - first > 1)) return NULL;
  if (at < end && *at == '.') at = json_skip_digits(at + 1, end);
  if (at == NULL || at >= end || (*at != 'e' && *at != 'E')) return at;
  at++;
  if (at < end && (*at == '+' || *at == '-')) at++;
  return json_skip_digits(at, end);
}

/* The end of the value at `at`; NULL when it is not JSON. */
JSON_UNUSED const char *json_skip(const char *at, const char *end, int depth) {
  if (at >= end || depth > JSON_DEPTH) return NULL;
  if (*at == '"') return json_skip_text(at, end);
  if (*at == '-' || (*at >= '0' && *at <= '9')) return json_skip_number(at, end);
  static const char *const words[] = {"true", "false", "null"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t length = strlen(words[i]);
    if ((size_t)(end - at) >= length && memcmp(at, words[i], length) == 0) return at + length;
  }
  if (*at != '{' && *at != '[') return NULL;
  char closing = *at == '{' ? '}' : ']';
  at = json_blank(at + 1, end);
  if (at < end && *at == closing) return at + 1;
  while (at < end) {
    if (closing == '}') {
      at = json_skip_text(at, end);
      if (at == NULL || (at = json_blank(at, end)) >= end || *at != ':') return NULL;
      at = json_blank(at + 1, end);
    }
    at = json_skip(at, end, depth + 1);
    if (at == NULL) return NULL;
    at = json_blank(at, end);
    if (at < end && *at == closing) return at + 1;
    if (at >= end || *at != ',') return NULL;
    at = json_blank(at + 1, end);
  }
  return NULL;
}

/* The whole document; .at is NULL when `text` is not JSON from its beginning to its end. */
JSON_UNUSED json_value json_parse(const void *text, size_t size) {
  json_value none = {NULL, NULL};
  if (text == NULL) return none;
  const char *limit = (const char *)text + size;
  json_value value = {json_blank(text, limit), NULL};
  value.end = json_skip(value.at, limit, 0);
  return value.end != NULL && json_blank(value.end, limit) == limit ? value : none;
}

/* Writes a character as UTF-8 and gives its length. */
JSON_UNUSED size_t json_put(char *out, uint32_t scalar) {
  if (scalar < 0x80) {
    out[0] = (char)scalar;
    return 1;
  }
  static const uint32_t marks[] = {0, 0, 0xC0, 0xE0, 0xF0};
  size_t length = scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
  out[0] = (char)(marks[length] | scalar >> 6 * (length - 1));
  for (size_t i = 1; i < length; i++) out[i] = (char)(0x80 | (scalar >> 6 * (length - 1 - i) & 63));
  return length;
}

/* Copies a text, unescaped and NUL-ended. False when `value` is no text, does not fit, or has a NUL inside. */
JSON_UNUSED bool json_get_text(json_value value, char *buffer, size_t size) {
  if (value.at == NULL || *value.at != '"') return false;
  static const char escapes[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  const char *last = value.end - 1;
  size_t length = 0;
  for (const char *at = value.at + 1; at < last;) {
    char bytes[4] = {*at};
    size_t count = 1;
    if (*at != '\\') {
      at++;
    } else if (at[1] != 'u') {
      const char *found = strchr(escapes, at[1]);
      if (found == NULL) return false;
      bytes[0] = meant[found - escapes];
      at += 2;
    } else {
      uint32_t scalar = (uint32_t)json_hex(at + 2, last);
      at += 6;
      bool is_pair = scalar >= 0xD800 && scalar < 0xDC00 && last - at >= 6 && at[0] == '\\' && at[1] == 'u';
      int32_t low = is_pair ? json_hex(at + 2, last) : -1;
      if (low >= 0xDC00 && low < 0xE000) {
        scalar = 0x10000 + (scalar - 0xD800) * 0x400 + (uint32_t)(low - 0xDC00);
        at += 6;
      } else if (scalar >= 0xD800 && scalar < 0xE000) {
        scalar = 0xFFFD;
      }
      if (scalar == 0) return false;
      count = json_put(bytes, scalar);
    }
    if (size - length <= count) return false;
    memcpy(buffer + length, bytes, count);
    length += count;
  }
  if (length >= size) return false;
  buffer[length] = '\0';
  return true;
}

/* A whole number. False when `value` is none, or too large. */
JSON_UNUSED bool json_get_integer(json_value value, long long *number) {
  if (value.at == NULL || value.end - value.at > 18) return false;
  bool is_negative = *value.at == '-';
  long long sum = 0;
  for (const char *at = value.at + is_negative; at < value.end; at++) {
    if (*at < '0' || *at > '9') return false;
    sum = sum * 10 + (*at - '0');
  }
  *number = is_negative ? -sum : sum;
  return true;
}

/* The member of an object; .at is NULL when there is none of that name, or `object` is none. */
JSON_UNUSED json_value json_member(json_value object, const char *name) {
  json_value none = {NULL, NULL};
  if (object.at == NULL || *object.at != '{') return none;
  const char *at = json_blank(object.at + 1, object.end);
  while (at < object.end && *at == '"') {
    json_value key = {at, json_skip_text(at, object.end)};
    char text[64];
    bool is_wanted = json_get_text(key, text, sizeof text) && strcmp(text, name) == 0;
    at = json_blank(json_blank(key.end, object.end) + 1, object.end); /* past the colon */
    json_value value = {at, json_skip(at, object.end, 0)};
    if (is_wanted) return value;
    at = json_blank(json_blank(value.end, object.end) + 1, object.end); /* past the comma */
  }
  return none;
}
#endif
