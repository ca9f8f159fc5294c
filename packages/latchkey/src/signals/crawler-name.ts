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
for (const { pattern, tags } of crawlers as readonly ListedCrawler[]) {
  const isCrawler =
    !alsoPeople.has(pattern) && !androidBuild.test(pattern) && !tags?.some((tag) => notCrawlers.has(tag))
  if (isCrawler)
    patterns.add(pattern.length < shortestPattern ? `(?<![\\w.-])(?:${pattern})` : pattern, '', null)
}

/** As crawlers name themselves, listed or not; one maker of phones is called Cubot. */
const crawlerWord =
  /(?<![\w.-])(?!cubot)[\w.!-]*(?:bot|crawl|crawler|spider|scraper|scrapy|robot)(?![a-z])[\w-]*|\b\w*(?:crawler|spider|webbot)\w*/i

/** The address by which a crawler says whose it is: browsers have none. */
const ownersAddress = /\+ ?https?:\/\//

/** WhatsApp on a phone, not its link previews, names the phone. */
const messenger = /^WhatsApp.* Device\//

/** A crawler by name. */
export interface Crawler {
  readonly name: string
  /** False where only a word or an address gave it away, so that another list may know the better name. */
  readonly isListed: boolean
}

/** The crawler that the header names (`Googlebot`), or null when it names none. */
export function crawlerIn(header: string): Crawler | null {
  if (messenger.test(header)) return null
  const listed = patterns.leftmost(header)?.match
  if (listed) return { name: plain(listed[0]), isListed: true }
  const word = crawlerWord.exec(header)?.[0]
  if (word === undefined && !ownersAddress.test(header)) return null
  return { name: plain(word ?? ''), isListed: false }
}

function plain(name: string): string {
  return name.replace(/[^\w .!-]+/g, ' ').trim() || 'crawler'
}
