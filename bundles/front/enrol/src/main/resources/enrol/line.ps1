& { $ErrorActionPreference = "Stop"; $u, $c, $s, $rest = $args; $a = [Uri]$u; $crlf = "`r`n";
function die($why) { throw "enrol: $why; nothing was run" };
$hex = { param($bytes) -join ([Security.Cryptography.SHA256]::Create().ComputeHash([byte[]]$bytes) | ForEach-Object { $_.ToString("x2") }) };
$check = { param($from, $leaf, $chain, $errors)
$own = New-Object Security.Cryptography.X509Certificates.X509Chain; $policy = $own.ChainPolicy;
$policy.RevocationMode = "NoCheck"; $policy.VerificationFlags = "AllowUnknownCertificateAuthority";
[void]$policy.ApplicationPolicy.Add((New-Object Security.Cryptography.Oid "1.3.6.1.5.5.7.3.1"));
foreach ($one in $chain.ChainPolicy.ExtraStore) { [void]$policy.ExtraStore.Add($one) };
foreach ($one in $chain.ChainElements) { [void]$policy.ExtraStore.Add($one.Certificate) };
$good = $own.Build((New-Object Security.Cryptography.X509Certificates.X509Certificate2 $leaf)); $n = $own.ChainElements.Count;
$good -and ([int]$errors -band 3) -eq 0 -and $n -gt 1 -and (& $hex $own.ChainElements[$n - 1].Certificate.RawData) -eq $c }.GetNewClosure();
$p = $env:HTTPS_PROXY; if (!$p -or ",$env:NO_PROXY,".Contains(",$($a.Host),")) { $p = $u } elseif (!$p.Contains("://")) { $p = "http://$p" }; $via = [Uri]$p;
$tcp = New-Object Net.Sockets.TcpClient($via.DnsSafeHost, $via.Port); $net = $tcp.GetStream(); $net.ReadTimeout = 60000;
$say = { param($to, $text) $b = [Text.Encoding]::ASCII.GetBytes($text); $to.Write($b, 0, $b.Length); $to.Flush() };
if ($p -ne $u) { $login = ""; if ($via.UserInfo) { $login = "Proxy-Authorization: Basic " + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes([Uri]::UnescapeDataString($via.UserInfo))) + $crlf };
& $say $net "CONNECT $($a.Host):$($a.Port) HTTP/1.1${crlf}Host: $($a.Host):$($a.Port)$crlf$login$crlf"; $head = "";
while (!$head.EndsWith("$crlf$crlf")) { $o = $net.ReadByte(); if ($o -lt 0 -or $head.Length -gt 8192) { die "the proxy does not answer" }; $head += [char]$o };
if ($head -notmatch "^HTTP/1\.[01] 200") { die "the proxy refuses the way to $u" } };
$tls = New-Object Net.Security.SslStream($net, $false, [Net.Security.RemoteCertificateValidationCallback]$check);
try { $tls.AuthenticateAsClient($a.DnsSafeHost, $null, 3072, $false) } catch { die "$u is not the server of the certificate authority $c, or cannot be reached: $_" };
& $say $tls "GET /enrol/$s HTTP/1.0${crlf}Host: $($a.Authority)$crlf$crlf"; $all = New-Object IO.MemoryStream; $buffer = New-Object byte[] 8192;
while (($k = $tls.Read($buffer, 0, 8192)) -gt 0) { $all.Write($buffer, 0, $k); if ($all.Length -gt 1048576) { die "$u answers too much" } }; $tcp.Close();
$all = $all.ToArray(); $text = [Text.Encoding]::GetEncoding(28591).GetString($all); $at = $text.IndexOf("$crlf$crlf");
if ($at -lt 0 -or $text -notmatch "^HTTP/1\.[01] 200 ") { die "the install script $s cannot be fetched from $u" };
$script = New-Object byte[] ($all.Length - $at - 4); [Array]::Copy($all, $at + 4, $script, 0, $script.Length);
if ((& $hex $script) -ne $s) { die "the install script of $u is not $s" };
& ([ScriptBlock]::Create([Text.Encoding]::UTF8.GetString($script))) --url $u --ca-fingerprint $c @rest }
