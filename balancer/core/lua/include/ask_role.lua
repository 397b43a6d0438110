-- Refuses a role that no row of the verb knows.
local function ask_role()
  if not ROLES[role] then
    refuse('forbidden', {role = role, action = VERB})
  end
end
