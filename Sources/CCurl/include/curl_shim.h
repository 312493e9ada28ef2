/* libcurl for Swift: its variadic calls with fixed arguments. */
#ifndef USHER_CURL_SHIM_H
#define USHER_CURL_SHIM_H
#include <curl/curl.h>

typedef size_t (*usher_curl_write)(char *data, size_t size, size_t count, void *context);

CURLcode usher_curl_set_long(CURL *easy, CURLoption option, long value);
CURLcode usher_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value);
CURLcode usher_curl_set_text(CURL *easy, CURLoption option, const char *value);
CURLcode usher_curl_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode usher_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value);
CURLcode usher_curl_set_write(CURL *easy, CURLoption option, usher_curl_write function);
CURLcode usher_curl_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode usher_curl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value);
CURLcode usher_curl_get_text(CURL *easy, CURLINFO info, char **value);
CURLcode usher_curl_get_pointer(CURL *easy, CURLINFO info, void **value);
/* Prepares libcurl; once per process, before anything else. */
CURLcode usher_curl_global_init(void);

/* Only http and https; and a host name lookup that hangs is left behind instead of being waited for. */
CURLcode usher_curl_restrict(CURL *easy);

CURLMcode usher_curl_multi_set_long(CURLM *multi, CURLMoption option, long value);
#endif
