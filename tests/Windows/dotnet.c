/* The runtime packages have no dotnet.exe: this starts hostfxr.dll, which lies in host\fxr\<VERSION> beside it, as that program does. */
#include <wchar.h>
#include <windows.h>

#define WIDEN_(text) L##text
#define WIDEN(text) WIDEN_(text)

typedef int(__cdecl *startup)(int, const wchar_t **, const wchar_t *, const wchar_t *, const wchar_t *);

int wmain(int argc, wchar_t **argv)
{
    wchar_t self[1024], root[1024], library[2048];
    GetModuleFileNameW(NULL, self, 1024);
    wcscpy(root, self);
    *wcsrchr(root, L'\\') = 0;
    swprintf(library, 2048, L"%ls\\host\\fxr\\" WIDEN(VERSION) L"\\hostfxr.dll", root);
    HMODULE loaded = LoadLibraryW(library);
    if (loaded == NULL) {
        fwprintf(stderr, L"%ls cannot be loaded.\n", library);
        return 99;
    }
    startup run = (startup)(void *)GetProcAddress(loaded, "hostfxr_main_startupinfo");
    return run(argc, (const wchar_t **)argv, self, root, L"");
}
