-- The verb's guards that ask the branch.
local function ask_branch(facts)
  if GUARDS.branch_closed and facts.phase == 'closed' then
    refuse('branch_closed')
  end
  if GUARDS.tickets_closed and facts.phase == 'tickets_closed' then
    refuse('tickets_closed')
  end
  if GUARDS.branch_paused and is_paused(facts) then
    refuse('branch_paused')
  end
end
