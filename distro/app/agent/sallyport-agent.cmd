@echo off
rem Starts the agent with the Java beside it; its service has the same options (share\install.ps1).
setlocal
set "sallyport_home=%~dp0.."
"%sallyport_home%\runtime\bin\java.exe" -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto -Xmx256m %SALLYPORT_JAVA_OPTS% ^
  "-Dsallyport.agent.natives=%sallyport_home%\native" "-Djna.boot.library.path=%sallyport_home%\native" -Djna.nounpack=true -Djna.nosys=true ^
  "-Dsallyport.app.home=%sallyport_home%" -cp "%sallyport_home%\lib\*" org.sallyport.agent.Main %*
exit /b %errorlevel%
