/** As `currentBrowsers`, of what is no browser of a computer or a phone. */
export const currentPrograms: Readonly<Record<string, string>> = {
  'televisions and set-top boxes': `
tv · unknown · Tizen · Mozilla/5.0 (SMART-TV; LINUX; Tizen 8.0) AppleWebKit/537.36 (KHTML, like Gecko) 108.0.5359.1/8.0 TV Safari/537.36
tv · Samsung Internet · Tizen · Mozilla/5.0 (SMART-TV; Linux; Tizen 6.5) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/4.0 Chrome/85.0.4183.93 TV Safari/537.36
tv · Samsung Internet · Tizen · Mozilla/5.0 (Linux; Tizen 2.4; SmartHub; SMART-TV; SmartTV; U; Maple2012) AppleWebKit/538.1+ (KHTML, like Gecko) SamsungBrowser/1.0 TV Safari/538.1+
tv · Chrome · webOS · Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.211 Safari/537.36 WebAppManager
tv · LG Browser · webOS · Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/94.0.4606.128 Safari/537.36 LG Browser/8.00.00(LGE; 65NANO75UPA; 03.21.30; 1; DTV_W21P); webOS.TV-2021; LG NetCast.TV-2013 Compatible (LGE, 65NANO75UPA, wired)
tv · Roku · Roku · Roku/DVP-12.5 (12.5.0.4178-88)
tv · * · Roku · Mozilla/5.0 (Roku; U; AppleWebKit/537.36; Roku OS 13.0) Roku/DVP-13.0
tv · AppleCoreMedia · tvOS · AppleCoreMedia/1.0.0.21L569 (Apple TV; U; CPU OS 17_5 like Mac OS X; en_us)
tv · * · tvOS · com.google.ios.youtubeunplugged/7.12 (AppleTV11,1; U; CPU tvOS 17_5 like Mac OS X; en_US)
tv · Android WebView · Android · Mozilla/5.0 (Linux; Android 12; Chromecast Build/STTL.231101.015; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.6099.144 Mobile Safari/537.36
tv · Chrome · Android · Mozilla/5.0 (Linux; Android 11; BRAVIA 4K VH2 Build/RKQ1.210107.001) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/103.0.5060.129 Safari/537.36
tv · Chrome · Android · Mozilla/5.0 (Linux; Android 12; Google TV Streamer Build/UTTK.240907.003) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.6723.102 Safari/537.36
tv · Chrome · Android · Mozilla/5.0 (Linux; Android 11; SHIELD Android TV Build/RQ1A.210105.003) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0.4844.88 Safari/537.36
tv · Android WebView · Android · Mozilla/5.0 (Linux; Android 9; MIBOX4 Build/PI; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/119.0.6045.66 Safari/537.36
tv · Silk · Android · Mozilla/5.0 (Linux; Android 11; AFTKRT Build/RS8149) AppleWebKit/537.36 (KHTML, like Gecko) Silk/128.4.1 like Chrome/128.0.6613.187 Safari/537.36
tv · Android WebView · Android · Mozilla/5.0 (Linux; Android 9; AFTKA Build/PS7652.3564N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/118.0.5993.154 Mobile Safari/537.36
tv · unknown · Android · Dalvik/2.1.0 (Linux; U; Android 7.1.2; AFTSS Build/NS6297)
tv · Chrome · Chromecast · Mozilla/5.0 (X11; Linux aarch64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 CrKey/1.56.500000 DeviceType/SmartSpeaker
tv · Chrome · Chromecast · Mozilla/5.0 (Fuchsia) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 CrKey/1.56.500000
tv · * · Linux · Mozilla/5.0 (Linux armv7l; U; en) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0.4324.182 Safari/537.36 HbbTV/1.6.1 (+DRM;Sony;KD-55XH8096;PKG6.5629.0605EUA;2020;Sony;Sony;2.0)
tv · Opera · VIDAA · Mozilla/5.0 (Linux; Andr0id 9; ) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0.4324.202 Safari/537.36 OPR/46.0.2207.0 OMI/4.23.0.95.Arthur, Hisense VIDAA(8.0)
tv · * · * · Mozilla/5.0 (Linux; U; VIDAA/6.0; ; ; HE55A7100UWTS) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0.4324.202 Safari/537.36 OPR/46.0 OMI/4.23
tv · * · * · Mozilla/5.0 (FreeBSD; U; Viera; en-GB) AppleWebKit/537.11 (KHTML, like Gecko) Viera/3.10.14 Chrome/23.0.1271.97 Safari/537.11
tv · * · * · Mozilla/5.0 (Linux; NetTV/9.2; TPM231E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/84.0.4147.125 Safari/537.36 OPR/46.0.2207.0 OMI/4.21.3.95.Helios PhilipsTV/1.0
tv · * · Android · Mozilla/5.0 (Linux; Android 11; TV Build/RP1A.200720.011; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/108.0.5359.128 Mobile Safari/537.36
tv · * · Android · Mozilla/5.0 (Linux; Android 12; Smart TV Pro Build/STT1.220720.001) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0.6261.64 Safari/537.36
tv · unknown · Android · Dalvik/2.1.0 (Linux; U; Android 12; BRAVIA 4K VH21 Build/STT2)
tv · unknown · Android · Dalvik/2.1.0 (Linux; U; Android 9; MiTV-MSSP1 Build/PI)
tv · * · Android · Mozilla/5.0 (Linux; Android 10; MiTV-AESP0 Build/QTG3; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/108.0.5359.128 Mobile Safari/537.36
tv · * · Android · Mozilla/5.0 (Linux; Android 11; onn. 4K Streaming Box Build/RTT2) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36
tv · * · * · Mozilla/5.0 (Linux; Android 10; Philips 2020/21 UHD Android TV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/98.0.4758.101 Safari/537.36
tv · * · Tizen · Mozilla/5.0 (Linux; Tizen 5.5; SAMSUNG SMART-TV) AppleWebKit/537.36 (KHTML, like Gecko) Version/5.5 TV Safari/537.36
tv · * · webOS · Mozilla/5.0 (webOS; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.79 Safari/537.36 DMOST/2.0.0 (; LGE; webOSTV; WEBOS6.3.2; W6_lm21a)
tv · * · * · Mozilla/5.0 (Linux; Linux armv7l) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.79 Safari/537.36 SkyQ/1.0 HbbTV/1.5.1 (; Sky; )
tv · * · * · Mozilla/5.0 (X11; Linux armv7l) AppleWebKit/537.36 (KHTML, like Gecko) QtWebEngine/5.9.7 Chrome/56.0.2924.122 Safari/537.36 Sky_STB_BC7445_2018/1.0.0 (Sky, EM150UK,)
tv · * · * · Mozilla/5.0 (Linux; U; Linux armv7l; en) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/10.0 Safari/605.1.15 WPE comcast/PX051AEI STB
`,
  'game consoles': `
console · unknown · PlayStation · Mozilla/5.0 (PlayStation; PlayStation 5/8.60) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.4 Safari/605.1.15
console · unknown · PlayStation · Mozilla/5.0 (PlayStation 4 11.00) AppleWebKit/605.1.15 (KHTML, like Gecko)
console · * · PlayStation · Mozilla/5.0 (PlayStation Vita 3.74) AppleWebKit/537.73 (KHTML, like Gecko) Silk/3.2
console · Edge · Xbox · Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox One) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2210.91
console · Edge · Xbox · Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox Series X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36 Edg/128.0.0.0
console · * · Nintendo · Mozilla/5.0 (Nintendo Switch; WebApplet) AppleWebKit/613.0 (KHTML, like Gecko) NF/6.0.3.25.0 NintendoBrowser/5.1.0.33150
console · * · Nintendo · Mozilla/5.0 (Nintendo 3DS; U; ; en) Version/1.7630.EU
console · * · Nintendo · Mozilla/5.0 (Nintendo WiiU) AppleWebKit/536.30 (KHTML, like Gecko) NX/3.0.4.2.13 NintendoBrowser/4.3.2.11274.EU
console · Steam · Linux · Mozilla/5.0 (X11; Linux x86_64; Valve Steam Deck) AppleWebKit/537.36 (KHTML, like Gecko) Valve Steam GameOverlay Chrome/126.0.6478.183 Safari/537.36
console · * · PlayStation · Mozilla/5.0 (PlayStation; PlayStation 5/10.00) AppleWebKit/605.1.15 (KHTML, like Gecko)
console · * · Xbox · Mozilla/5.0 (Windows Phone 10.0; Android 4.2.1; Xbox; Xbox One) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/52.0.2743.116 Mobile Safari/537.36 Edge/15.15063
`,
  cars: `
car · Tesla · Linux · Mozilla/5.0 (X11; GNU/Linux) AppleWebKit/537.36 (KHTML, like Gecko) Chromium/109.0.5414.119 Chrome/109.0.5414.119 Safari/537.36 Tesla/2024.26.8-abcdef123456
car · Tesla · Linux · Mozilla/5.0 (X11; GNU/Linux) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.234 Safari/537.36 Tesla/DEV-BUILD-4d1a3f465b7a
car · Vivaldi · Android · Mozilla/5.0 (Linux; Android 12; Polestar 2) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 Vivaldi/6.7
car · Chrome · Android · Mozilla/5.0 (Linux; Android 12L; Volvo Cars Build/SQ3A.220705) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/110.0.0.0 Safari/537.36 Android Automotive
car · unknown · Android · Dalvik/2.1.0 (Linux; U; Android 12; AAOS on emulator Build/STT9.221129.002)
car · * · Android · Mozilla/5.0 (Linux; Android 10; Ford SYNC) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Automotive
`,
  'watches and headsets': `
wearable · * · watchOS · MyApp/3.2 (Apple Watch; watchOS 10.5; Scale/2.0)
wearable · MyApp · watchOS · MyApp/42 CFNetwork/1494.0.7 Darwin/23.4.0 watchOS/10.4
wearable · Samsung Internet · Android · Mozilla/5.0 (Linux; Android 13; SM-R960) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/2.1 Chrome/110.0.5481.153 Mobile Safari/537.36
wearable · unknown · Android · Dalvik/2.1.0 (Linux; U; Android 13; Pixel Watch 2 Build/TWD9.231208.001)
wearable · unknown · Android · Dalvik/2.1.0 (Linux; U; Android 13; Google Pixel Watch Build/TWD9)
wearable · unknown · Android · Dalvik/2.1.0 (Linux; U; Android 11; TicWatch Pro 3 GPS Build/RMDB)
wearable · unknown · Android · Dalvik/2.1.0 (Linux; U; Android 13; Galaxy Watch6 Classic Build/TWD9)
wearable · unknown · Android · Dalvik/2.1.0 (Linux; U; Android 11; Fossil Gen 6 Smartwatch Build/RQ1A)
wearable · Meta Quest Browser · Android · Mozilla/5.0 (X11; Linux x86_64; Quest 3S) AppleWebKit/537.36 (KHTML, like Gecko) OculusBrowser/37.1.0.6.52 Chrome/132.0.6834.122 VR Safari/537.36
wearable · Meta Quest Browser · Android · Mozilla/5.0 (Linux; Android 12; Quest 2) AppleWebKit/537.36 (KHTML, like Gecko) OculusBrowser/33.2.0.2.59 Chrome/124.0.6367.124 Mobile VR Safari/537.36
wearable · Wolvic · Android · Mozilla/5.0 (Android 12; Mobile VR; rv:121.0) Gecko/121.0 Firefox/121.0 Wolvic/1.6
wearable · Pico Browser · Android · Mozilla/5.0 (X11; Linux x86_64; PICO 4 OS5.9.1 like Quest) AppleWebKit/537.36 (KHTML, like Gecko) PicoBrowser/3.3.42 Chrome/105.0.5195.68 VR Safari/537.36 OculusBrowser/7.0
wearable · * · * · Mozilla/5.0 (Linux; Android 14; Apple Vision Pro) AppleWebKit/605.1.15
wearable · unknown · Android · Dalvik/2.1.0 (Linux; U; Android 13; SM-R940 Build/TWD9)
wearable · * · Tizen · Mozilla/5.0 (Linux; Tizen 5.5; SAMSUNG SM-R820) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/1.1 Chrome/72.0 Mobile Safari/537.36
`,
  'programs for desktops': `
desktop · Slack · Windows · Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Slack/4.39.95 Chrome/126.0.6478.127 Electron/31.2.0 Safari/537.36 Sonic Slack_SSB/4.39.95
desktop · Microsoft Teams · Windows · Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Teams/1.6.00.28271 Chrome/114.0.5735.289 Electron/25.8.1 Safari/537.36
desktop · Microsoft Teams · Windows · Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Safari/537.36 Edg/127.0.2651.86 Teams/24193.1805.3040.8975/49
desktop · Thunderbird · Linux · Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.1.0
desktop · Discord · Windows · Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) discord/1.0.9157 Chrome/124.0.6367.243 Electron/30.2.0 Safari/537.36
desktop · Notion · macOS · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Notion/3.12.2 Chrome/126.0.6478.185 Electron/31.3.1 Safari/537.36
desktop · Obsidian · macOS · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) obsidian/1.6.7 Chrome/124.0.6367.243 Electron/30.1.2 Safari/537.36
desktop · Visual Studio Code · Linux · Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Code/1.92.2 Chrome/124.0.6367.243 Electron/30.1.2 Safari/537.36
desktop · Cursor · macOS · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Cursor/0.40.3 Chrome/124.0.6367.243 Electron/30.1.2 Safari/537.36
desktop · Spotify · Windows · Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Spotify/1.2.44.405 Safari/537.36
desktop · Steam · Windows · Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Valve Steam Client/1723847512 Chrome/126.0.6478.183 Safari/537.36
desktop · Outlook · Windows · Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; .NET4.0C; .NET4.0E; Microsoft Outlook 16.0.17830; ms-office; MSOffice 16)
desktop · Apple Mail · macOS · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)
desktop · WhatsApp · Windows · Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) WhatsApp/2.2434.5 Chrome/126.0.6478.234 Electron/31.4.0 Safari/537.36
desktop · Figma · macOS · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Figma/124.2.9 Chrome/126.0.6478.183 Electron/31.3.1 Safari/537.36
desktop · ChatGPT · macOS · ChatGPT/1.2025.014 (Mac OS X 15.2; arm64; build 1736)
desktop · Zoom · Windows · Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Zoom/6.1.0
desktop · Bitwarden · Linux · Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Bitwarden/2024.8.0 Chrome/126.0.0.0 Electron/31.3.1 Safari/537.36
desktop · GitHub Desktop · macOS · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) GitHubDesktop/3.4.2 Chrome/124.0.0.0 Electron/30.1.2 Safari/537.36
`,
  'libraries and apps that are no browser': `
unknown · curl · unknown · curl/8.9.1
unknown · wget · unknown · Wget/1.24.5
unknown · okhttp · unknown · okhttp/5.0.0-alpha.14
unknown · axios · unknown · axios/1.7.7
unknown · python-requests · unknown · python-requests/2.32.3
unknown · Go · unknown · Go-http-client/1.1
unknown · python-httpx · unknown · python-httpx/0.27.2
unknown · aiohttp · unknown · Python/3.12 aiohttp/3.10.5
unknown · Python-urllib · unknown · Python-urllib/3.12
unknown · node-fetch · unknown · node-fetch/1.0 (+https://github.com/bitinn/node-fetch)
unknown · node · unknown · node
unknown · undici · unknown · undici
unknown · Apache-HttpClient · unknown · Apache-HttpClient/4.5.14 (Java/17.0.11)
unknown · Java · unknown · Java-http-client/21.0.4
unknown · Java · unknown · Java/1.8.0_402
unknown · GuzzleHttp · unknown · GuzzleHttp/7
unknown · Ruby · unknown · Ruby
unknown · libwww-perl · unknown · libwww-perl/6.77
unknown · Postman · unknown · PostmanRuntime/7.41.2
unknown · insomnia · unknown · insomnia/9.3.3
unknown · HTTPie · unknown · HTTPie/3.2.3
unknown · reqwest · unknown · reqwest/0.12.5
unknown · Dart · unknown · Dart/3.5 (dart:io)
desktop · PowerShell · Windows · Mozilla/5.0 (Windows NT; Windows NT 10.0; en-GB) WindowsPowerShell/5.1.22621.3880
unknown · got · unknown · got (https://github.com/sindresorhus/got)
mobile · MyApp · iOS · MyApp/5.2.1 (iPhone; iOS 17.5.1; Scale/3.00)
tablet · MyApp · iPadOS · MyApp/5.2.1 (iPad; iOS 17.5.1; Scale/2.00)
unknown · MyApp · iOS · MyApp/1234 CFNetwork/1496.0.7 Darwin/23.5.0
mobile · MyApp · Android · MyApp/4.1 (Linux; Android 14; Pixel 8 Build/AP2A.240805.005)
mobile · MyApp · Android · MyApp/4.1 (Android 14; SM-S918B; en_GB)
mobile · unknown · Android · Dalvik/2.1.0 (Linux; U; Android 13; M2101K6G Build/TKQ1.221013.002)
unknown · git · unknown · git/2.45.2
unknown · Bun · unknown · Bun/1.1.24
unknown · Deno · unknown · Deno/1.45.5
unknown · hackney · unknown · hackney/1.20.1
unknown · RestSharp · unknown · RestSharp/111.4.1.0
unknown · aws-cli · * · aws-cli/2.17.30 md/awscrt#0.20.11 ua/2.0 os/linux#6.5.0 md/arch#x86_64 lang/python#3.11.9
unknown · Prometheus · unknown · Prometheus/2.53.1
mobile · Discord · iOS · Discord/65.0 (iPhone; iOS 17.5; Scale/3.00)
mobile · Discord · Android · Discord-Android/245015;RNA
mobile · Slack · iOS · Slack/24.08.20 (iPhone; iOS 17.6.1; Scale/3.00)
`,
  'crawlers, monitors and previews': `
bot · Googlebot-Image · unknown · Googlebot-Image/1.0
bot · Google-InspectionTool · unknown · Mozilla/5.0 (compatible; Google-InspectionTool/1.0;)
bot · AdsBot-Google · unknown · AdsBot-Google (+http://www.google.com/adsbot.html)
bot · GoogleOther · unknown · Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.6478.126 Mobile Safari/537.36 (compatible; GoogleOther)
bot · Google-Read-Aloud · unknown · Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.0.0 Safari/537.36 (compatible; Google-Read-Aloud; +https://support.google.com/webmasters/answer/1061943)
bot · Storebot-Google · unknown · Mozilla/5.0 (X11; Linux x86_64; Storebot-Google/1.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.88 Safari/537.36
bot · bingbot · unknown · Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/126.0.0.0 Safari/537.36
bot · YandexBot · unknown · Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)
bot · Baiduspider · unknown · Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)
bot · DuckDuckBot · unknown · DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)
bot · Applebot · unknown · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.1 Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)
bot · ClaudeBot · unknown · Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)
bot · Claude-User · unknown · Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Claude-User/1.0; +Claude-User@anthropic.com)
bot · GPTBot · unknown · Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)
bot · OAI-SearchBot · unknown · Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; OAI-SearchBot/1.0; +https://openai.com/searchbot
bot · ChatGPT-User · unknown · Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot
bot · PerplexityBot · unknown · Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)
bot · Perplexity-User · unknown · Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Perplexity-User/1.0; +https://www.perplexity.ai/useragent)
bot · Bytespider · unknown · Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)
bot · Amazonbot · unknown · Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Amazonbot/0.1; +https://developer.amazon.com/support/amazonbot) Chrome/119.0.6045.214 Safari/537.36
bot · meta-externalagent · unknown · meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)
bot · CCBot · unknown · CCBot/2.0 (https://commoncrawl.org/faq/)
bot · MistralAI-User · unknown · Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; MistralAI-User/1.0; +https://docs.mistral.ai/robots)
bot · cohere-ai · unknown · cohere-ai
bot · AhrefsBot · unknown · Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)
bot · SemrushBot · unknown · Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)
bot · MJ12bot · unknown · Mozilla/5.0 (compatible; MJ12bot/v1.4.8; http://mj12bot.com/)
bot · PetalBot · unknown · Mozilla/5.0 (Linux; Android 7.0;) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; PetalBot;+https://webmaster.petalsearch.com/site/petalbot)
bot · Slackbot · unknown · Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)
bot · Discordbot · unknown · Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)
bot · TelegramBot · unknown · TelegramBot (like TwitterBot)
bot · Twitterbot · unknown · Twitterbot/1.0
bot · WhatsApp · unknown · WhatsApp/2.23.20.0
bot · LinkedInBot · unknown · LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)
bot · SkypeUriPreview · unknown · Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com
bot · UptimeRobot · unknown · Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)
bot · Pingdom · unknown · Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/61.0.3163.100 Chrome/61.0.3163.100 Safari/537.36 PingdomPageSpeed/1.0 (pingbot/2.0; +http://www.pingdom.com/)
bot · Pingdom · unknown · Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)
bot · StatusCake · unknown · Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/98 Safari/537.36 (StatusCake)
bot · Site24x7 · unknown · Site24x7
bot · GoogleStackdriverMonitoring · unknown · GoogleStackdriverMonitoring-UptimeChecks(https://cloud.google.com/monitoring)
bot · BetterStack · unknown · Better Stack Better Uptime Bot Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36
bot · Feedly · unknown · Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers; like FeedFetcher-Google)
bot · Lighthouse · unknown · Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Chrome-Lighthouse
bot · ia_archiver · unknown · ia_archiver (+http://www.alexa.com/site/help/webmasters; crawler@alexa.com)
bot · archive.org_bot · unknown · Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)
bot · kube-probe · unknown · kube-probe/1.29
bot · ELB-HealthChecker · unknown · ELB-HealthChecker/2.0
bot · GoogleHC · unknown · GoogleHC/1.0
bot · Blackbox · unknown · Blackbox Exporter/0.25.0
bot · Zabbix · unknown · Zabbix
bot · NewRelicPinger · unknown · Mozilla/5.0 (compatible; NewRelicPinger/1.0; +https://newrelic.com)
bot · CensysInspect · unknown · Mozilla/5.0 (compatible; CensysInspect/1.1; +https://about.censys.io/)
bot · zgrab · unknown · Mozilla/5.0 zgrab/0.x
bot · Nmap · unknown · Mozilla/5.0 (compatible; Nmap Scripting Engine; https://nmap.org/book/nse.html)
bot · Google-Extended · unknown · Mozilla/5.0 (compatible; Google-Extended/1.0; +http://www.google.com/bot.html)
bot · DeepSeekBot · unknown · Mozilla/5.0 (compatible; DeepSeekBot/1.0; +https://www.deepseek.com/bot)
bot · YouBot · unknown · Mozilla/5.0 (compatible; YouBot/1.0; +https://about.you.com/youbot/)
bot · Diffbot · unknown · Mozilla/5.0 (Windows; U; Windows NT 5.1; en-US; rv:1.9.1.2) Gecko/20090729 Firefox/3.5.2 (.NET CLR 3.5.30729; Diffbot/0.1; +http://www.diffbot.com)
bot · Timpibot · unknown · Timpibot/0.8 (+http://www.timpi.io)
bot · Claude-SearchBot · unknown · Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Claude-SearchBot/1.0; +https://www.anthropic.com)
bot · facebookcatalog · unknown · facebookcatalog/1.0
bot · Snap · unknown · Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots
bot · Embedly · unknown · Mozilla/5.0 (compatible; Embedly/0.2; +http://support.embed.ly/)
bot · Iframely · unknown · Iframely/1.3.1 (+https://iframely.com/docs/about)
`,
}
