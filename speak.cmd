@echo off
rem SPDX-FileCopyrightText: The tts-client authors
rem SPDX-License-Identifier: Apache-2.0
rem
rem Speaks: speak "Hello, world" -o hello.wav; speak --help says more.
rem Builds the program when a source is newer than the build, then starts it.
setlocal
set "ROOT=%~dp0."
set "TARGET=%ROOT%\examples\target"
set "BUILD=%ROOT%\examples\src\main\java\io\ttsclient\examples\launch\SpeakBuild.java"

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 goto nojava

if not exist "%TARGET%\speak.jar" goto build
"%JAVA%" -XX:TieredStopAtLevel=1 -cp "%TARGET%\speak.jar" io.ttsclient.examples.launch.SpeakBuild "%ROOT%" --check
if not errorlevel 1 goto run

:build
"%JAVA%" -XX:TieredStopAtLevel=1 "%BUILD%" "%ROOT%" "%JAVA%" <nul 1>&2
if errorlevel 1 exit /b 2

:run
"%JAVA%" -XX:TieredStopAtLevel=1 -Xshare:auto "-XX:SharedArchiveFile=%TARGET%\speak.jsa" -Xlog:disable -XX:+DisplayVMOutputToStderr -jar "%TARGET%\speak.jar" %*
exit /b %errorlevel%

:nojava
echo speak: no java found; install a JDK of version 17 or later, or set JAVA_HOME 1>&2
exit /b 2
