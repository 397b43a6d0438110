-- Keeps the wait that was shown last before a visit's first call. `estimates`: JSON, ticket → p10, p50, p90.
local function keep_estimate(visitor)
  for _, leg in ipairs(visitor.legs) do
    if leg.wait_ms then
      return
    end
  end
  visitor.estimated = estimates and cjson.decode(estimates)[visitor.id]
end
