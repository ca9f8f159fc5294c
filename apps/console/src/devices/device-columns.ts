/** The columns that rows and their heads share on wide screens; the same as those of the sessions above them. */
export const deviceColumns = 'xl:grid-cols-[2.25rem_minmax(0,1fr)_7.25rem_6.5rem_8rem_7.5rem] xl:gap-x-4'
