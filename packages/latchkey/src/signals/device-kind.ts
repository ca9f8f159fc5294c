import type { DeviceType } from '../model/device-info.ts'
import { isHttpLibrary } from './crawler-name.ts'
import type { PublicDevice } from './public-patterns.ts'

/** What the parser made of the header, as far as it tells the kind of device. */
export interface DeviceTraits {
  readonly header: string
  /** The parser's own word for the kind. */
  readonly parsed: string | undefined
  /** The parser's word for the maker. */
  readonly vendor: string | undefined
  readonly system: string | null
  /** The public list's answer, which is asked for only where it is needed. */
  readonly listed: () => PublicDevice | null
}

/** Words that name a kind of device whatever else the header says; the first that is found decides. */
const markers: readonly (readonly [DeviceType, RegExp])[] = [
  [
    'console',
    /^(?!.*(?:iPhone|iPad|Android|CFNetwork)).*(?:PlayStation|PLAYSTATION|\bXbox\b|Nintendo|Steam Deck)|\bOUYA\b|\bSHIELD(?! Android TV| Tablet)\b/,
  ],
  ['car', /\bTesla\/\w|QtCarBrowser|\bPolestar|\bAutomotive\b|\bFord SYNC\b|\bAAOS\b|\bMBUX\b/],
  [
    'tv',
    /[ ;]AFT[A-Z]{1,5}\d*(?: Build|[;)])|\bBRAVIA\b|(?<![A-Za-z])STB(?![A-Za-z])|\bStreaming (?:Box|Stick)\b|\bTV Safari\b|\bDTV\b|\bOMI\/\d|\bMaple[ _/]?\d{4}/,
  ],
  [
    'tv',
    /\bSMART[-_ ]?TV|\bHbbTV\b|\bWeb0S\b|\bApple ?TV\b|\btvOS\b|\bRoku\b|\bCrKey\b|\bChromecast\b|\b(?:Android|Google|Fire|Opera|Net|DLNA|Inet|LG|Mi|POV_|Web|Philips|Panasonic|Hisense|Sharp|Toshiba|TCL|Vestel)[ -]?TV\b|NetCast|\bVIDAA\b|\bViera\b|\bAquos(?:Browser|TV)|\bNETTV\b|\bCE-HTML\b|\bset-?top|\bMIBOX|\bTV[ -]?(?:Box|Stick)|\bSonyDTV|\bInettvBrowser|\bEspial\b|\bTSBNetTV/i,
  ],
  ['tv', /Android[^)]*\bTV\b/],
  [
    'wearable',
    /\bWatch(?:OS\/)?\d|Android[^)]*(?:\bWatch|[a-zA-Z][wW]atch)\b|\bVR\b[^)]*(?:Safari\/|\) Gecko)|\bApple Watch\b|\bwatchOS\b|\bWear ?OS\b|\bSM-R\d{3}|\bQuest(?: \w+)?[;)]|OculusBrowser|\bGlass \d|\bPico \d|Vision Pro/,
  ],
  ['tablet', /\biPad|\bPlayBook\b|[ ;]KF[A-Z]{2,6}(?: Build|[;)])|\bOpera Tablet\b/],
  ['desktop', /\((?:PC|2in1); ?(?:OpenHarmony|HarmonyOS)/],
  ['tablet', /\bTouchPad\b|\bNook\b|\bKindle\b(?! ?\/\d)|\bXoom\b|\bTablet(?! PC)\b/i],
]

const parsedTypes: Readonly<Record<string, DeviceType>> = {
  mobile: 'mobile',
  tablet: 'tablet',
  smarttv: 'tv',
  console: 'console',
  wearable: 'wearable',
  xr: 'wearable',
}

const desktopSystems =
  /^(?:Windows|macOS|ChromeOS|Linux|[KXL]?ubuntu|Debian|Fedora|SUSE|openSUSE|Gentoo|Arch|Mint|CentOS|Red ?Hat|Manjaro|Mandriva|Mageia|Slackware|PCLinuxOS|Deepin|.*BSD|DragonFly|Solaris|Haiku|BeOS|OS\/2|AmigaOS|AIX|HP-UX|IRIX|QNX)$/i
const phoneSystems =
  /^(?:iOS|Windows Phone|Symbian|Series40|BlackBerry|Bada|KaiOS|Firefox OS|MeeGo|Maemo|Sailfish|Palm|BREW|Brew MP|Android|HarmonyOS|webOS)$/i

/** A model's own name, when it says that it is a tablet's: `Galaxy Tab`, `MediaPad`, `Iconia Tab`. */
const tabletModel =
  /(?:Tab|Pad)(?:let)?(?![a-z])|(?:TAB|PAD)(?:LET)?(?![A-Z])|\btab(?:let)?\b|\bIconia\b|\bTransformer\b|\bSlate\b/

/** Words of the years before Android, and of the browsers that left it out. */
const phoneMarker =
  /IEMobile|Windows CE|Windows Mobile|\bPPC;|J2ME|MIDP|CLDC|Symb(?:ian|OS)|\bS60|UP\.(?:Browser|Link)|Obigo|\bDoCoMo|\bKDDI-|\bSoftBank|\bVodafone\/|J-PHONE|\bMAUI\b|\bAdr\b|Linux; U; \d\.\d|\biPhone\b|\biPod\b|BlackBerry|\bBB10\b|\bPalm|\bWebOS\/|KAIOS|\bBREW\b/i

const publicDesktops = new Set(['Mac', 'Other', 'PC'])

/** A program's name and version and no more. The list takes many for phones of 2005 that begin with the same letters. */
const program = /^[A-Za-z][A-Za-z-]*\/\d[\d.]*(?: \(|$)/

/** The kind of device, or null where the header does not say. */
export function deviceKind(traits: DeviceTraits): DeviceType | null {
  const { header, parsed, system } = traits
  for (const [type, pattern] of markers) if (pattern.test(header)) return type
  const kind = parsed === undefined || isSupposed(traits) ? undefined : parsedTypes[parsed]
  if (kind && kind !== 'mobile') return kind
  if (/CFNetwork\//.test(header)) return appleApp(header, system)
  if (kind === undefined && phoneMarker.test(header)) return 'mobile'
  if (system === 'Android' || kind === 'mobile') return handheld(traits, kind)
  if (system !== null && desktopSystems.test(system)) return isBrowser.test(header) ? 'desktop' : null
  if (system !== null && phoneSystems.test(system)) return 'mobile'
  return publicKind(header, traits.listed()?.family)
}

/** The parser takes what it does not know for a tablet wherever `Mobile` does not stand right before `Safari`. */
function isSupposed({ header, parsed, vendor, system }: DeviceTraits): boolean {
  return parsed === 'tablet' && vendor === undefined && system === 'Android' && /\bMobile [A-Z]/.test(header)
}

/** An app that names only Apple's libraries: a Mac's says so by its processor, a phone's by its name or not at all. */
function appleApp(header: string, system: string | null): DeviceType | null {
  if (/iPhone|iPod/i.test(header)) return 'mobile'
  return system === 'macOS' ? 'desktop' : null
}

const isBrowser = /^(?:Mozilla|Opera|SonyEricsson)\/|\bWindows NT\b|\bMacintosh\b|Mac OS X/

/** Android's browsers say `Mobile` on phones and leave it out on tablets; apps and older browsers say neither. */
function handheld(traits: DeviceTraits, kind: DeviceType | undefined): DeviceType {
  const { header } = traits
  if (tabletModel.test(header.replace(/AppleWebKit.*$/, ''))) return 'tablet'
  if (kind === 'mobile' || /\bMobi|\bPhone\b/.test(header))
    return isByTabletMaker(traits) ? 'tablet' : 'mobile'
  return /AppleWebKit.*Safari/.test(header) && !/Android [12]\./.test(header) ? 'tablet' : 'mobile'
}

/** Makers by the public list's names, none of whom is known for a phone: their first tablets said `Mobile`, too. */
const tabletMaker =
  /^(?:CobyKyros|Yarvik|Nextbook|Ainol|Ployer|Odys|POV|Nook|ionik|Modecom|Manta|Lenco|Pipo|Cube|Aoson|Yifang|Captiva|Trekstor|Xoro|Jaytech|Cmx|IconBIT|Lexibook|Proscan|Arnova|Audiosonic|Mediacom|Polaroid)\b/i

function isByTabletMaker({ header, listed }: DeviceTraits): boolean {
  const namesModel = header.includes('Android') && !header.includes('Android 10; K)')
  return namesModel && tabletMaker.test(listed()?.family ?? '')
}

/** By the public list, which knows devices by name. */
function publicKind(header: string, device: string | undefined): DeviceType | null {
  if (device === undefined || publicDesktops.has(device)) return null
  if (device === 'Spider') return isHttpLibrary(header) ? null : 'bot'
  if (device === 'Generic Feature Phone' && program.test(header)) return null
  return tabletModel.test(device) ? 'tablet' : 'mobile'
}
