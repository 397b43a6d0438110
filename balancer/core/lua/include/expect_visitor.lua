-- From this call on, the time runs after which a called visitor has missed it, where the branch counts that
-- by itself.
local function expect_visitor(visitor, facts)
  local patience = branch_setting(visitor.branch).no_show_after_ms
  if patience > 0 then
    set_timer(visitor, 'no_show', branch_time(facts) + patience)
  end
end
