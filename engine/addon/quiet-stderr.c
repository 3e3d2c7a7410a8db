/*
 * TensorFlow writes two lines to stderr while it is being loaded, before any setting of its log level can reach it. This addon catches
 * what is written to file descriptor 2 between its `begin()` and `end()`; `end()` returns it, so that the loader can drop the known
 * lines and print the rest. `setDefault()` sets a variable of the process's environment unless it is set: in a worker thread,
 * `process.env` is a copy that TensorFlow does not see.
 */
#define _GNU_SOURCE
#include <node_api.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int saved = -1;
static int caught = -1;

static napi_value begin(napi_env env, napi_callback_info info) {
  (void)info;
  napi_value result;
  if (saved < 0) {
    caught = memfd_create("millrace-stderr", MFD_CLOEXEC);
    saved = caught < 0 ? -1 : dup(2);
    if (saved >= 0 && dup2(caught, 2) < 0) {
      close(saved);
      saved = -1;
    }
    if (saved < 0 && caught >= 0) close(caught);
  }
  napi_get_boolean(env, saved >= 0, &result);
  return result;
}

static napi_value end(napi_env env, napi_callback_info info) {
  (void)info;
  napi_value result;
  char* text = NULL;
  ssize_t length = 0;
  if (saved >= 0) {
    struct stat state;
    dup2(saved, 2);
    close(saved);
    saved = -1;
    if (fstat(caught, &state) == 0 && state.st_size > 0) text = malloc((size_t)state.st_size);
    if (text != NULL) length = pread(caught, text, (size_t)state.st_size, 0);
    close(caught);
  }
  napi_create_string_utf8(env, text == NULL ? "" : text, length > 0 ? (size_t)length : 0, &result);
  free(text);
  return result;
}

static napi_value set_default(napi_env env, napi_callback_info info) {
  napi_value arguments[2];
  size_t count = 2;
  char text[2][256];
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  if (count < 2) return NULL;
  for (int i = 0; i < 2; i++) {
    if (napi_get_value_string_utf8(env, arguments[i], text[i], sizeof text[i], NULL) != napi_ok) return NULL;
  }
  setenv(text[0], text[1], 0);
  return NULL;
}

static napi_value init(napi_env env, napi_value exports) {
  const napi_property_descriptor methods[] = {
      {"begin", NULL, begin, NULL, NULL, NULL, napi_enumerable, NULL},
      {"end", NULL, end, NULL, NULL, NULL, napi_enumerable, NULL},
      {"setDefault", NULL, set_default, NULL, NULL, NULL, napi_enumerable, NULL},
  };
  napi_define_properties(env, exports, 3, methods);
  return exports;
}

NAPI_MODULE(millrace_quiet_stderr, init)
