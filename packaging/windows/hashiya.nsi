; The installer of Windows, in English and Arabic, for one user or for all of the computer.
;   makensis -DVERSION=… -DBUNDLE=folder -DICONS=folder -DOUT=file.exe hashiya.nsi
; Silent: setup.exe /S [/CurrentUser | /AllUsers] [/D=folder], and uninstall.exe /S.

Target amd64-unicode
!ifndef VERSION | BUNDLE | ICONS | OUT
  !error "VERSION, BUNDLE, ICONS and OUT must be given"
!endif

!define NAME "Hashiya"
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "${NAME}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "Software\${NAME}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallMode"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "Software\${NAME}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "Folder"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define PROJECT "Hashiya.Project"
!define PROGRAM "$INSTDIR\hashiyaw.exe"
!define SHELL_CHANGED `System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'`

!include MultiUser.nsh
!include MUI2.nsh
!include FileFunc.nsh

Name "${NAME}"
OutFile "${OUT}"
SetCompressor /SOLID lzma
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} setup"
VIAddVersionKey "LegalCopyright" "The Hashiya authors, MIT licence"

!define MUI_ICON "${ICONS}/hashiya.ico"
!define MUI_UNICON "${ICONS}/hashiya.ico"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_ALLLANGUAGES
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "Software\${NAME}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "InstallerLanguage"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION OpenHashiya

!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Arabic"
!insertmacro MUI_RESERVEFILE_LANGDLL

LangString PROJECT_FILE ${LANG_ENGLISH} "Hashiya project"
LangString PROJECT_FILE ${LANG_ARABIC} "مشروع حاشية"
LangString SHORTCUT ${LANG_ENGLISH} "Hashiya"
LangString SHORTCUT ${LANG_ARABIC} "حاشية"
LangString SAYS ${LANG_ENGLISH} "Mark spans in news articles"
LangString SAYS ${LANG_ARABIC} "تعليم مقاطع الأخبار"
LangString STILL_OPEN ${LANG_ENGLISH} "Hashiya is open. Close it, then go on."
LangString STILL_OPEN ${LANG_ARABIC} "حاشية مفتوح. أغلقه ثم تابع."
LangString OF_NOBODY ${LANG_ENGLISH} "This folder holds files that are not Hashiya's. Choose another one, or a new one."
LangString OF_NOBODY ${LANG_ARABIC} "في هذا المجلد ملفات ليست من حاشية. اختر مجلدًا آخر أو مجلدًا جديدًا."

Function .onInit
  !insertmacro MULTIUSER_INIT
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Function un.onInit
  !insertmacro MULTIUSER_UNINIT
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

Function OpenHashiya
  Exec '"${PROGRAM}"'
FunctionEnd

; A folder with somebody's files in it would be emptied when Hashiya is removed.
Function NeedFolderOfOurs
  IfFileExists "$INSTDIR\uninstall.exe" done
  ${GetSize} "$INSTDIR" "/S=0B" $0 $1 $2
  ${If} $1 > 0
    MessageBox MB_OK|MB_ICONSTOP "$(OF_NOBODY)" /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
  done:
FunctionEnd

; A program that runs cannot be written over: ask until it is closed; a silent setup gives up.
!macro NEED_CLOSED
  again:
  ClearErrors
  IfFileExists "${PROGRAM}" 0 closed
  FileOpen $0 "${PROGRAM}" a
  IfErrors 0 was_closed
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(STILL_OPEN)" /SD IDCANCEL IDRETRY again
  SetErrorLevel 1
  Abort
  was_closed:
  FileClose $0
  closed:
!macroend

Section
  Call NeedFolderOfOurs
  !insertmacro NEED_CLOSED
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  File "/oname=hashiya-document.ico" "${ICONS}/hashiya-document.ico"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortCut "$SMPROGRAMS\$(SHORTCUT).lnk" "${PROGRAM}" "" "${PROGRAM}" 0 SW_SHOWNORMAL "" "$(SAYS)"

  WriteRegStr SHCTX "Software\${NAME}" "Folder" "$INSTDIR"
  WriteRegStr SHCTX "Software\${NAME}" "InstallMode" "$MultiUser.InstallMode"
  WriteRegStr SHCTX "Software\${NAME}" "Shortcut" "$SMPROGRAMS\$(SHORTCUT).lnk"

  WriteRegStr SHCTX "Software\Classes\.hashiya" "" "${PROJECT}"
  WriteRegStr SHCTX "Software\Classes\.hashiya" "Content Type" "application/x-hashiya-project"
  WriteRegStr SHCTX "Software\Classes\${PROJECT}" "" "$(PROJECT_FILE)"
  WriteRegStr SHCTX "Software\Classes\${PROJECT}\DefaultIcon" "" "$INSTDIR\hashiya-document.ico"
  WriteRegStr SHCTX "Software\Classes\${PROJECT}\shell\open\command" "" '"${PROGRAM}" "%1"'
  ; Texts keep their own program, and can be opened with this one.
  WriteRegStr SHCTX "Software\Classes\Applications\hashiyaw.exe" "FriendlyAppName" "${NAME}"
  WriteRegStr SHCTX "Software\Classes\Applications\hashiyaw.exe\shell\open\command" "" '"${PROGRAM}" "%1"'
  WriteRegStr SHCTX "Software\Classes\Applications\hashiyaw.exe\SupportedTypes" ".hashiya" ""
  WriteRegStr SHCTX "Software\Classes\Applications\hashiyaw.exe\SupportedTypes" ".txt" ""
  WriteRegStr SHCTX "Software\Classes\Applications\hashiyaw.exe\SupportedTypes" ".jsonl" ""
  ${SHELL_CHANGED}

  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "${PROGRAM}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "The Hashiya authors"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" "$0"
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

; What the user made stays: projects, training files, settings.
Section "Uninstall"
  !insertmacro NEED_CLOSED
  ReadRegStr $0 SHCTX "Software\${NAME}" "Shortcut"
  Delete "$0"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\hashiya.exe"
  Delete "$INSTDIR\hashiyaw.exe"
  Delete "$INSTDIR\hashiya-document.ico"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"

  ReadRegStr $0 SHCTX "Software\Classes\.hashiya" ""
  ${If} $0 == "${PROJECT}"
    DeleteRegKey SHCTX "Software\Classes\.hashiya"
  ${EndIf}
  DeleteRegKey SHCTX "Software\Classes\${PROJECT}"
  DeleteRegKey SHCTX "Software\Classes\Applications\hashiyaw.exe"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  DeleteRegKey SHCTX "Software\${NAME}"
  ${SHELL_CHANGED}
SectionEnd
