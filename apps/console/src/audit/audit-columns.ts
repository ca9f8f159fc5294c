/** The columns that heads and rows share on wide screens. */
export const auditColumns = 'lg:grid-cols-[10.5rem_minmax(0,1.6fr)_minmax(0,1fr)_minmax(0,1fr)_1rem]'
