/** What stands in filters for who was forgotten: no id of a user looks like that. */
export const forgottenUser = '(forgotten)'
