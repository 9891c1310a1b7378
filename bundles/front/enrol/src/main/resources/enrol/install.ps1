# Installs the Sallyport node agent from its server, registers this machine and starts the agent; again, it upgrades in place.
# Never changes with the server that gives it. Everything is fetched from --url under the certificate authority of --ca-fingerprint and no other.
# For Windows PowerShell 5.1 and later, on 64-bit Windows 10 1809, Server 2019 and later.
#
#   --url https://HOST:PORT --ca-fingerprint SHA256                 the server, as the enrolment line gives them
#   --id ID                   the activation; its code is asked for, or read from SALLYPORT_ACTIVATION_CODE
#   --channel-url URL  --region NAME  --replace                     passed to "sallyport-agent register"
#   --prefix DIR              everything below DIR instead of Program Files and ProgramData
#   --no-service              no service is made; the last line says how to start the agent
#   --account NAME            the service, and so each shell, runs as this account instead of one of its own without rights of an administrator
#   --package FILE            this archive instead of the server's; for a machine that got it another way
#   --uninstall [--purge]     stops and removes the agent; with --purge its registration and logs, too
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2
$crlf = "`r`n"
$service = 'sallyport-agent'

function Say($text) { [Console]::Error.WriteLine("sallyport-agent: $text") }
function Die($text) { throw "sallyport-agent: $text" }

$given = @{}
$flags = @('--replace', '--no-service', '--uninstall', '--purge')
$named = @('--url', '--ca-fingerprint', '--id', '--channel-url', '--region', '--prefix', '--account', '--package')
for ($i = 0; $i -lt $args.Count; $i++) {
  $option = [string]$args[$i]
  if ($flags -contains $option) {
    $given[$option] = $true
  } elseif ($named -contains $option) {
    if ($i + 1 -ge $args.Count) { Die "$option needs a value" }
    $i++
    $given[$option] = [string]$args[$i]
  } else {
    Die "unknown option $option"
  }
}
$url = [string]$given['--url']
$fingerprint = ([string]$given['--ca-fingerprint']).ToLowerInvariant()
$withService = -not $given['--no-service']

if ($given['--prefix']) {
  $root = [IO.Path]::GetFullPath($given['--prefix']).TrimEnd('\')
  if ($root -notmatch '^[A-Za-z]:\\[A-Za-z0-9 ._\\()-]+$') { Die "--prefix may hold letters, digits, blanks and . _ - ( ) only: $root" }
  $data = "$root\data"
} else {
  $root = "$env:ProgramFiles\sallyport-agent"
  $data = "$env:ProgramData\sallyport-agent"
}
$current = "$root\current"
$agent = "$current\bin\sallyport-agent.cmd"

$me = New-Object Security.Principal.WindowsPrincipal ([Security.Principal.WindowsIdentity]::GetCurrent())
$administrator = $me.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
if (-not $administrator -and ($withService -or -not $given['--prefix'])) {
  Die 'must be run in a PowerShell of an administrator, or with --prefix DIR --no-service'
}
if (-not [Environment]::Is64BitOperatingSystem -or [Environment]::OSVersion.Version -lt [Version]'10.0.17763') {
  Die 'needs a 64-bit Windows 10 1809, Server 2019 or later: shells need its pseudo consoles'
}

function Stop-Agent {
  if (Get-Service -Name $service -ErrorAction SilentlyContinue) { Stop-Service -Name $service -Force }
}

# A junction is removed without what it leads to.
function Remove-Junction($path) { if (Test-Path -LiteralPath $path) { [IO.Directory]::Delete($path, $false) } }

# Programs of Windows say by their status that something failed.
function Invoke-Checked($program, $arguments) {
  & $program @arguments | Out-Null
  if ($LASTEXITCODE -ne 0) { Die "$program failed with $LASTEXITCODE; see the text above" }
}

if ($given['--uninstall']) {
  if ($withService) {
    Stop-Agent
    if (Get-Service -Name $service -ErrorAction SilentlyContinue) { Invoke-Checked "$current\bin\prunsrv.exe" @("//DS//$service") }
  }
  Remove-Junction $current
  if (Test-Path -LiteralPath "$root\versions") { Remove-Item -LiteralPath "$root\versions" -Recurse -Force }
  if ($given['--purge']) {
    if (Test-Path -LiteralPath $data) { Remove-Item -LiteralPath $data -Recurse -Force }
  } else {
    Say "registration and logs stay in $data; --purge removes them, too"
  }
  if ((Test-Path -LiteralPath $root) -and -not (Get-ChildItem -LiteralPath $root -Force)) { Remove-Item -LiteralPath $root }
  Say 'removed; the node is still known to its server until it is deregistered there'
  return
}

function Get-Hex($bytes) { -join ($bytes | ForEach-Object { $_.ToString('x2') }) }

# The server's certificate, its name and dates, and a chain that ends at the pinned authority and nowhere else.
function Test-Server($leaf, $chain, $errors) {
  $own = New-Object Security.Cryptography.X509Certificates.X509Chain
  $own.ChainPolicy.RevocationMode = 'NoCheck'
  $own.ChainPolicy.VerificationFlags = 'AllowUnknownCertificateAuthority'
  [void]$own.ChainPolicy.ApplicationPolicy.Add((New-Object Security.Cryptography.Oid '1.3.6.1.5.5.7.3.1'))
  foreach ($one in $chain.ChainPolicy.ExtraStore) { [void]$own.ChainPolicy.ExtraStore.Add($one) }
  foreach ($one in $chain.ChainElements) { [void]$own.ChainPolicy.ExtraStore.Add($one.Certificate) }
  $good = $own.Build((New-Object Security.Cryptography.X509Certificates.X509Certificate2 $leaf))
  $length = $own.ChainElements.Count
  # neither without a certificate (1) nor with one for another name (2); that the authority is unknown to Windows (4) is what the pin is for
  if (-not $good -or ([int]$errors -band 3) -ne 0 -or $length -lt 2) { return $false }
  $last = $own.ChainElements[$length - 1].Certificate.RawData
  (Get-Hex ([Security.Cryptography.SHA256]::Create().ComputeHash($last))) -eq $fingerprint
}

function Send($stream, $text) {
  $bytes = [Text.Encoding]::ASCII.GetBytes($text)
  $stream.Write($bytes, 0, $bytes.Length)
  $stream.Flush()
}

# The head of an answer, at most 8 KiB, without what follows it.
function Read-Head($stream) {
  $head = New-Object Text.StringBuilder
  while (-not $head.ToString().EndsWith("$crlf$crlf")) {
    $octet = $stream.ReadByte()
    if ($octet -lt 0 -or $head.Length -ge 8192) { throw 'no HTTP answer' }
    [void]$head.Append([char]$octet)
  }
  $head.ToString()
}

function Open-Server {
  $to = [Uri]$url
  $proxy = $env:HTTPS_PROXY
  if (-not $proxy -or ",$env:NO_PROXY,".Contains(",$($to.Host),")) { $proxy = $url } elseif (-not $proxy.Contains('://')) { $proxy = "http://$proxy" }
  $via = [Uri]$proxy
  $tcp = New-Object Net.Sockets.TcpClient($via.DnsSafeHost, $via.Port)
  $stream = $tcp.GetStream()
  $stream.ReadTimeout = 60000
  if ($proxy -ne $url) {
    $login = ''
    if ($via.UserInfo) {
      $plain = [Text.Encoding]::UTF8.GetBytes([Uri]::UnescapeDataString($via.UserInfo))
      $login = 'Proxy-Authorization: Basic ' + [Convert]::ToBase64String($plain) + $crlf
    }
    Send $stream "CONNECT $($to.Host):$($to.Port) HTTP/1.1${crlf}Host: $($to.Host):$($to.Port)$crlf$login$crlf"
    if ((Read-Head $stream) -notmatch '^HTTP/1\.[01] 200') { throw "the proxy refuses the way to $url" }
  }
  $check = { param($from, $leaf, $chain, $errors) Test-Server $leaf $chain $errors }
  $tls = New-Object Net.Security.SslStream($stream, $false, [Net.Security.RemoteCertificateValidationCallback]$check)
  $tls.AuthenticateAsClient($to.DnsSafeHost, $null, 3072, $false)
  $tls
}

# Goes on where it was cut, since the server ends what takes too long.
function Get-File($name, $file, [long]$most) {
  for ($try = 1; ; $try++) {
    $tls = $null
    $out = [IO.File]::Open($file, 'Append')
    try {
      $have = $out.Length
      $tls = Open-Server
      Send $tls "GET /enrol/$name HTTP/1.0${crlf}Host: $(([Uri]$url).Authority)${crlf}Range: bytes=$have-$crlf$crlf"
      $head = Read-Head $tls
      if ($head -match '^HTTP/1\.[01] 416 ') { return }
      if ($head -notmatch '^HTTP/1\.[01] 20[06] ') { throw ($head -split $crlf)[0] }
      if ($head -match '^HTTP/1\.[01] 200 ') { $out.SetLength(0); $have = 0 }
      if ($head -notmatch '(?im)^content-length: *(\d{1,12})\r?$') { throw 'an answer without a length' }
      $whole = $have + [long]$Matches[1]
      if ($whole -gt $most) { throw "more than $most bytes" }
      $buffer = New-Object byte[] 65536
      while ($out.Length -lt $whole -and ($count = $tls.Read($buffer, 0, $buffer.Length)) -gt 0) { $out.Write($buffer, 0, $count) }
      if ($out.Length -eq $whole) { return }
      throw 'it was cut'
    } catch {
      if ($try -ge 10) { throw }
      Start-Sleep -Seconds 2
    } finally {
      $out.Close()
      if ($tls) { $tls.Close() }
    }
  }
}

$work = Join-Path ([IO.Path]::GetTempPath()) ('sallyport-' + [Guid]::NewGuid())
[void][IO.Directory]::CreateDirectory($work)
try {
  $package = [string]$given['--package']
  if (-not $package) {
    if (-not $url -or $fingerprint -notmatch '^[0-9a-f]{64}$') { Die '--url and --ca-fingerprint, or --package, are needed' }
    try { Get-File 'packages' "$work\packages" 100000 } catch { Die "$url does not say which packages it has: $_" }
    # a line each: SHA-256, bytes, name; the newest first
    $chosen = Get-Content -LiteralPath "$work\packages" |
      Where-Object { $_ -cmatch '^([0-9a-f]{64}) ([0-9]{1,9}) (sallyport-agent-[A-Za-z0-9.+-]{1,100}-windows-x64\.zip)$' } | Select-Object -First 1
    if (-not $chosen) { Die 'the server has no package for windows-x64; its operator makes one with distro/package-agent' }
    $sum, $size, $name = $chosen -split ' '
    $free = (New-Object IO.DriveInfo ([IO.Path]::GetPathRoot($root))).AvailableFreeSpace
    if ($free -lt 4 * [long]$size + 20000000) { Die "$root has $free bytes free and needs four times $size; nothing was changed" }
    $package = "$work\$name"
    Say "fetching $name"
    try { Get-File $sum $package ([long]$size) } catch { Die "the package cannot be fetched; nothing was changed: $_" }
    $file = [IO.File]::OpenRead($package)
    try { $is = Get-Hex ([Security.Cryptography.SHA256]::Create().ComputeHash($file)) } finally { $file.Close() }
    if ($is -ne $sum) { Die 'the package is not the one that the server named; nothing was changed' }
  }

  $name = [IO.Path]::GetFileNameWithoutExtension($package)
  $fresh = "$root\versions\.new"
  if (Test-Path -LiteralPath $fresh) { Remove-Item -LiteralPath $fresh -Recurse -Force }
  [void][IO.Directory]::CreateDirectory($fresh)
  if ($given['--prefix'] -and $withService) {
    # what a service runs is changed by nobody but administrators
    Invoke-Checked icacls.exe @($root, '/inheritance:r', '/grant:r', '*S-1-5-18:(OI)(CI)F', '*S-1-5-32-544:(OI)(CI)F', '*S-1-5-32-545:(OI)(CI)RX')
  }
  Add-Type -AssemblyName System.IO.Compression.FileSystem
  [IO.Compression.ZipFile]::ExtractToDirectory($package, $fresh)
  if (-not (Test-Path -LiteralPath "$fresh\$name\bin\sallyport-agent.cmd")) { Die "$package holds no agent; nothing was changed" }
  & "$fresh\$name\bin\sallyport-agent.cmd" --version | Out-Null
  if ($LASTEXITCODE -ne 0) { Die 'the agent does not run on this machine; nothing was changed' }

  $before = ''
  if (Test-Path -LiteralPath $current) { $before = [string](Get-Item -LiteralPath $current).Target }
  # the same package again gets a name of its own, so that what runs keeps its files
  $place = $name
  for ($number = 2; Test-Path -LiteralPath "$root\versions\$place"; $number++) { $place = "$name.$number" }
  Move-Item -LiteralPath "$fresh\$name" -Destination "$root\versions\$place"
  Remove-Item -LiteralPath $fresh -Recurse -Force
  # a restart ends the shells that the agent holds
  if ($withService) { Stop-Agent }
  Remove-Junction $current
  [void](New-Item -ItemType Junction -Path $current -Target "$root\versions\$place")

  # An upgrade leaves the account as it was, unless another one is named.
  $own = "NT SERVICE\$service"
  $account = $own
  $made = Get-CimInstance -ClassName Win32_Service -Filter "Name='$service'"
  if ($given['--account']) { $account = $given['--account'] } elseif ($made) { $account = $made.StartName }
  if ($withService) {
    $options = @('-XX:+UseSerialGC', '-Xms8m', '-Xmx256m', '-XX:MinHeapFreeRatio=10', '-XX:MaxHeapFreeRatio=30', '-XX:+ExitOnOutOfMemoryError',
      '-XX:-UsePerfData', '-Djna.nounpack=true', '-Djna.nosys=true', "-Djna.boot.library.path=$current\native",
      "-Dsallyport.agent.natives=$current\native", "-Dsallyport.app.home=$current") -join '#'
    $jars = (Get-ChildItem -LiteralPath "$current\lib" -Filter *.jar | ForEach-Object { "$current\lib\$($_.Name)" }) -join ';'
    $verb = 'IS'
    if ($made) { $verb = 'US' }
    Invoke-Checked "$current\bin\prunsrv.exe" @("//$verb//$service", '--DisplayName=Sallyport node agent',
      '--Description=Lets people whom the server knows open shells on this machine', "--Install=$current\bin\prunsrv.exe", '--Startup=auto',
      "--Jvm=$current\runtime\bin\server\jvm.dll", "--Classpath=$jars", "--JvmOptions=$options", '--StartMode=jvm',
      '--StartClass=org.sallyport.agent.WindowsService', '--StartMethod=start', "--StartParams=run#--data#$data", '--StopMode=jvm',
      '--StopClass=org.sallyport.agent.WindowsService', '--StopMethod=stop', '--StopTimeout=20', "--LogPath=$data\log", '--LogPrefix=service')
    Invoke-Checked sc.exe @('sidtype', $service, 'unrestricted')
    Invoke-Checked sc.exe @('failure', $service, 'reset=', '86400', 'actions=', 'restart/5000/restart/5000/restart/5000')
    Invoke-Checked sc.exe @('failureflag', $service, '1')
    $made = Get-CimInstance -ClassName Win32_Service -Filter "Name='$service'"
    if ($account -eq $own -or $given['--account']) {
      $change = @{ StartName = $account; StartPassword = '' }
      if ($account -ne $own -and -not $account.EndsWith('$')) {
        $secret = New-Object Management.Automation.PSCredential($account, (Read-Host -AsSecureString "Password of $account"))
        $change.StartPassword = $secret.GetNetworkCredential().Password
      }
      $done = Invoke-CimMethod -InputObject $made -MethodName Change -Arguments $change
      if ($done.ReturnValue -ne 0) { Die "the service cannot run as $account (Win32_Service.Change: $($done.ReturnValue))" }
    } elseif ($made.StartName -ne $account) {
      Die "the service ran as $account and would run as $($made.StartName); run the line with --account"
    }
  }

  # Whoever made this folder before may still own what is in it.
  if (Test-Path -LiteralPath $data) {
    if ((Get-Item -LiteralPath $data -Force).Attributes -band [IO.FileAttributes]::ReparsePoint) { Die "$data leads elsewhere; remove it" }
  } else {
    [void][IO.Directory]::CreateDirectory($data)
  }
  if ($administrator) {
    Invoke-Checked icacls.exe @($data, '/setowner', '*S-1-5-32-544', '/T', '/Q')
    $rights = @('*S-1-5-18:(OI)(CI)F', '*S-1-5-32-544:(OI)(CI)F')
    if ($withService) { $rights += "${account}:(OI)(CI)M" }
    Invoke-Checked icacls.exe (@($data, '/inheritance:r', '/grant:r') + $rights + '/Q')
    Get-ChildItem -LiteralPath $data -Force | ForEach-Object { Invoke-Checked icacls.exe @($_.FullName, '/reset', '/T', '/Q') }
  } else {
    $own = "$([Security.Principal.WindowsIdentity]::GetCurrent().User.Value)"
    Invoke-Checked icacls.exe @($data, '/inheritance:r', '/grant:r', "*${own}:(OI)(CI)F", '/Q')
  }

  if ((Test-Path -LiteralPath "$data\identity.json") -and -not $given['--replace']) {
    Say 'this machine is registered already, which stays as it is; --replace registers it anew'
  } elseif ($given['--id']) {
    if (-not $url -or -not $fingerprint) { Die '--url and --ca-fingerprint are needed to register' }
    $register = @('register', '--url', $url, '--ca-fingerprint', $fingerprint, '--id', $given['--id'], '--data', $data)
    if ($given['--replace']) { $register += '--replace' }
    foreach ($option in '--channel-url', '--region') { if ($given[$option]) { $register += @($option, $given[$option]) } }
    & $agent @register
    if ($LASTEXITCODE -ne 0) { Die "the agent is in $root but this machine is not registered; mend that and run the line again" }
  } else {
    Say "this machine is not registered; give --id, or use $agent register"
  }

  if ($withService) {
    if (Test-Path -LiteralPath "$data\identity.json") {
      Start-Service -Name $service
      Say "the service $service runs as $account; see Get-Service $service, and & '$agent' check"
    } else {
      Say "the service $service is there; it starts once this machine is registered: Start-Service $service"
    }
  } else {
    Say "no service was made; start the agent with: & '$agent' run --data '$data'"
  }

  # What ran before stays for a way back; anything older goes.
  Get-ChildItem -LiteralPath "$root\versions" -Directory | Where-Object { $_.Name -ne $place -and $_.FullName -ne $before } |
    ForEach-Object { Remove-Item -LiteralPath $_.FullName -Recurse -Force }
} finally {
  Remove-Item -LiteralPath $work -Recurse -Force -ErrorAction SilentlyContinue
}
