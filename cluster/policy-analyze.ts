/** The command that hands no stack configuration to a pack, as the place of what is to be said of that. */
export const POLICY_ANALYZE = "pulumi policy analyze";
