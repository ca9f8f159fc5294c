import crawlers from 'crawler-user-agents'
import { PatternIndex } from './pattern-index.ts'

interface ListedCrawler {
  readonly pattern: string
  readonly tags?: readonly string[]
}

/** On the list as well, but a person may well sign in with them: HTTP libraries, and browsers under remote control. */
const notCrawlers = new Set(['http-library', 'browser-automation'])

/** Words that stand in the headers of phones and apps as well: previews of messengers, a model of HTC. */
const alsoPeople = new Set(['Viber', 'Sonic', 'Butterfly', '[sS]peedy'])

/** A shorter one is the end of some model's name as often as a crawler: it counts as a word of its own only. */
const shortestPattern = 7

/** The number of a build of Android, which stood on the list for a crawler that had posed as a phone. */
const androidBuild = /^[A-Z0-9]{4}\\\.\d{6}/

const patterns = new PatternIndex<null>()
const libraries = new PatternIndex<null>()
/** The language's own one, which is not on the list. */
libraries.add('^Java/', '', null)
for (const { pattern, tags } of crawlers as readonly ListedCrawler[]) {
  if (tags?.includes('http-library')) libraries.add(pattern, '', null)
  const isCrawler =
    !alsoPeople.has(pattern) && !androidBuild.test(pattern) && !tags?.some((tag) => notCrawlers.has(tag))
  if (isCrawler)
    patterns.add(pattern.length < shortestPattern ? `(?<![\\w.-])(?:${pattern})` : pattern, '', null)
}

/** Whether the header names a library by which programs ask, for whomever that is. */
export function isHttpLibrary(header: string): boolean {
  return libraries.first(header) !== null
}

/** As crawlers name themselves, listed or not; one maker of phones is called Cubot. */
const crawlerWord =
  /(?<![\w.-])(?!cubot)[\w.!-]*(?:bot|crawl|crawler|spider|scraper|scrapy|robot)(?![a-z])[\w-]*|\b\w*(?:crawler|spider|webbot|health-?check|uptime|pinger)\w*|\bkube-probe\b|\bGoogleHC\b/i

/** The address by which a crawler says whose it is: browsers have none, and libraries that of their source. */
const ownersAddress = /\+ ?https?:\/\/(?!github\.com\/)/

const anyAddress = /https?:\/\/[^\s);]*/g

/** The header without its addresses, in which any word may stand. */
export function withoutAddresses(header: string): string {
  return header.replace(anyAddress, ' ')
}

/** Programs for people that are a page in a window of their own, by the names that their link previews have, too. */
const desktopApp = / Electron\/\d/

/** WhatsApp on a phone, not its link previews, names the phone. */
const messenger = /^WhatsApp.* Device\//

/** The name of a crawler that gives none. */
export const unnamedCrawler = 'crawler'

/** A crawler by name. */
export interface Crawler {
  readonly name: string
  /** False where only a word or an address gave it away, so that another list may know the better name. */
  readonly isListed: boolean
}

/** The crawler that the header names (`Googlebot`), or null when it names none. */
export function crawlerIn(header: string): Crawler | null {
  if (messenger.test(header) || desktopApp.test(header)) return null
  const listed = patterns.leftmost(header)?.match
  if (listed) return { name: plain(listed[0]), isListed: true }
  const words = withoutAddresses(header)
  const word = crawlerWord.exec(words)?.[0]
  if (word !== undefined) return { name: plain(word), isListed: false }
  if (!ownersAddress.test(header) && !crawlerWord.test(header)) return null
  return { name: plain(ownName.exec(words)?.slice(1).find(Boolean) ?? ''), isListed: false }
}

/** Where a crawler's name stands that has no word for what it is. */
const ownName = /\bcompatible; ?(?!MSIE)([A-Za-z][\w.-]{2,40})\b|^(?!Mozilla\/)([A-Za-z][\w.-]{2,40})\//

function plain(name: string): string {
  return name.replace(/[^\w .!-]+/g, ' ').trim() || unnamedCrawler
}
