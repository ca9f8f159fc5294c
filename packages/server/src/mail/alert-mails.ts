import { randomBytes } from 'node:crypto'
import {
  type Alert,
  after,
  type Clock,
  type Duration,
  hours,
  minutes,
  type SessionEvent,
  seconds,
  type Timers,
} from 'latchkey'
import type { Logger } from 'pino'
import type { MailSettings } from '../configuration/settings.ts'
import type { Program } from '../program/open-program.ts'
import { alertMail } from './alert-mail.ts'
import { type MailLimiter, mailLimiter } from './mail-limit.ts'
import { noticeMail } from './notice-mail.ts'
import { createMailer, type Mail, type MailCounts, type Mailer } from './smtp-mailer.ts'

/** More than that of one's own in an hour are read by nobody, and a stolen password must not fill a mailbox. */
const perUser = { most: 5, within: hours(1) }
/** To administrators, of all alerts together: an attack on everybody is one matter. */
const perHour = { most: 30, within: hours(1) }
/** So that of several processes one sends a notice. Shorter than events take to come by: two send it. */
const claimLifetime: Duration = minutes(2)
/** Tries of a notice, with this between them. More: a server that is down for long gets them all at once. */
const noticeTries = 5
const betweenTries: Duration = minutes(1)
/** Of one mail in all: the mailer's limits are about silence, and a server may drip. Longer than the 30 s for which a response waits: what is tried again counts as mails that its user got. */
const mailTimeout: Duration = seconds(25)

/** The part of the program that mails are made of. */
export type MailedProgram = Pick<Program, 'accounts'> & {
  readonly sessions: Pick<
    Program['sessions'],
    'getAlert' | 'getSession' | 'alertLinkToken' | 'detectors' | 'subscribe'
  >
  readonly storage: Pick<Program['storage'], 'workClaims'>
}

export interface AlertMailsOptions {
  readonly settings: MailSettings
  readonly clock: Clock
  readonly timers: Timers
  readonly logger: Logger
  /** Default: by SMTP, as the settings say. */
  readonly mailer?: Mailer
}

/** Mails about alerts: to the account that one is about, and notices to administrators. */
export class AlertMails {
  readonly #options: AlertMailsOptions
  readonly #mailer: Mailer
  readonly #ofUsers: MailLimiter
  readonly #ofNotices: MailLimiter
  readonly #holder = randomBytes(12).toString('hex')
  readonly #underway = new Set<Promise<void>>()
  #begun: { readonly program: MailedProgram; readonly publicUrl: string } | null = null
  #end: () => void = () => undefined
  /** Breaks off waiting for mail servers: a stop must not. One for each mail under way, since a promise for all of them would keep what waits for it. */
  readonly #leaving = new Set<(reason: Error) => void>()

  constructor(options: AlertMailsOptions) {
    this.#options = options
    this.#mailer = options.mailer ?? createMailer(options.settings)
    this.#ofUsers = mailLimiter(perUser, options.clock)
    this.#ofNotices = mailLimiter(perHour, options.clock)
  }

  get counts(): MailCounts {
    return this.#mailer.counts
  }

  /** Before it nothing is sent: links need the address under which the program is reached. */
  begin(program: MailedProgram, publicUrl: string): void {
    this.#begun = { program, publicUrl }
    if (this.#options.settings.alertsTo.length === 0) return
    this.#end = program.sessions.subscribe((event) => {
      const work = this.#announce(event).catch((error: unknown) => {
        this.#options.logger.error({ err: error }, 'a notice of an alert was not sent')
      })
      this.#underway.add(work)
      void work.finally(() => this.#underway.delete(work))
    })
  }

  /**
   * Tells the account that the alert is about; nobody where it is about a user of a host application, who asks by its API.
   * Rejects where the mail server does not take it.
   */
  async notify(alert: Alert): Promise<void> {
    if (this.#begun === null) throw new Error('mails are not sent yet')
    const { program, publicUrl } = this.#begun
    const to = alert.userId === null ? undefined : (await program.accounts.find(alert.userId))?.email
    if (alert.userId === null || to === undefined) return
    if (!this.#ofUsers.take(alert.userId)) {
      this.#options.logger.warn(
        { alert: alert.id },
        'a user got too many mails of alerts, and is told by the console only',
      )
      return
    }
    try {
      await this.#send(alert, to, { program, publicUrl })
    } catch (error) {
      // It is tried again, for hours: those tries are no mails that anybody got.
      this.#ofUsers.giveBack(alert.userId)
      throw error
    }
  }

  async #send(
    alert: Alert,
    to: string,
    { program, publicUrl }: { readonly program: MailedProgram; readonly publicUrl: string },
  ): Promise<void> {
    const session = alert.sessionId === null ? null : await program.sessions.getSession(alert.sessionId)
    const token = program.sessions.alertLinkToken(alert)
    // In the fragment: it reaches no server log and no Referer header.
    const answerUrl = token === null ? null : `${publicUrl}/alert-answer#token=${token}`
    await this.#mail({ to, ...alertMail({ alert, session, answerUrl }) })
  }

  /** Rejects where the mail server does not take it in time, or the program ends. */
  async #mail(mail: Mail): Promise<void> {
    const sending = this.#mailer.send(mail)
    const { promise: left, reject: leave } = Promise.withResolvers<never>()
    this.#leaving.add(leave)
    const tookTooLong = () => leave(new Error('the mail server took too long'))
    const cancel = this.#options.timers.after(mailTimeout, tookTooLong)
    if (this.#begun === null) leave(programEnds())
    await Promise.race([sending, left]).finally(() => {
      cancel()
      this.#leaving.delete(leave)
    })
  }

  /** Resolves when nothing is sent any more. */
  async close(): Promise<void> {
    this.#end()
    this.#begun = null
    for (const leave of this.#leaving) leave(programEnds())
    this.#mailer.close()
    await Promise.all(this.#underway)
  }

  /** What is not sent before the process ends is lost: administrators have the console. */
  async #announce(event: SessionEvent): Promise<void> {
    const { at, after: shown } = event
    const id = shown?.['alert']
    if (!isNews(event) || !isGrave(shown) || typeof id !== 'string' || this.#begun === null) return
    const { program, publicUrl } = this.#begun
    const { workClaims } = program.storage
    const now = this.#options.clock.now()
    const work = `alert-notice ${id} ${at}`
    const claimed = await workClaims.claim(work, this.#holder, now, after(now, claimLifetime))
    if (claimed) this.#options.timers.after(claimLifetime, () => void this.#letGo(program, work))
    const alert = claimed ? await program.sessions.getAlert(id) : null
    if (alert === null) return
    if (!this.#ofNotices.take('notices')) {
      this.#options.logger.warn({ alert: id }, 'too many notices of alerts in an hour; this one is not sent')
      return
    }
    const detectors = await program.sessions.detectors()
    const title = detectors.find(({ name }) => name === alert.detector)?.title ?? alert.detector
    const mail = noticeMail(alert, { title, publicUrl })
    for (const to of this.#options.settings.alertsTo) this.#sendNotice({ to, ...mail }, 1)
  }

  async #letGo({ storage }: MailedProgram, work: string): Promise<void> {
    if (this.#begun !== null) await storage.workClaims.release(work, this.#holder).catch(() => undefined)
  }

  #sendNotice(mail: Mail, attempt: number): void {
    const { logger, timers } = this.#options
    const work = this.#mail(mail).catch((error: unknown) => {
      if (this.#begun === null) return
      const isLast = attempt >= noticeTries
      logger.warn(
        { err: error, attempt },
        isLast ? 'a notice of an alert is given up' : 'a notice of an alert failed',
      )
      if (!isLast) timers.after(betweenTries, () => this.#begun && this.#sendNotice(mail, attempt + 1))
    })
    this.#underway.add(work)
    void work.finally(() => this.#underway.delete(work))
  }
}

function programEnds(): Error {
  return new Error('the program ends')
}

/** Of an alert that somebody has to look at: a new one, one that has become grave, and one whose user says that it was not them. */
function isNews({ type, before, after: shown }: SessionEvent): boolean {
  if (type === 'alert.opened') return true
  if (type === 'alert.answered') return shown?.['answer'] === 'not-me'
  return type === 'alert.changed' && before?.['severity'] !== undefined && !isGrave(before)
}

function isGrave(shown: SessionEvent['after']): boolean {
  return shown?.['severity'] === 'high' || shown?.['severity'] === 'critical'
}
